import type { TypingCommand } from './key-map.ts';

/** What commands do; false: the key was not for it after all and goes on to the field. */
export type CommandHandlers = Partial<Record<TypingCommand, (event: KeyboardEvent) => unknown>>;

/** Runs the command if one of these handlers has it, and keeps its key from the browser. False when none has. */
export function runCommand(
  handlers: CommandHandlers,
  command: TypingCommand | null,
  event: KeyboardEvent,
): boolean {
  const handler = command && handlers[command];
  if (!handler || handler(event) === false) return false;
  event.preventDefault();
  return true;
}
