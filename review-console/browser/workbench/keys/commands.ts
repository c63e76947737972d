import type { CommandId } from './key-map.ts';

/** What commands do; false: the key was not for it after all and goes on to the field. */
export type CommandHandlers = Partial<Record<CommandId, (event: KeyboardEvent) => unknown>>;

/** Runs the command if these handlers have it, and keeps its key from the browser. False when they don't. */
export function runCommand(
  handlers: CommandHandlers,
  command: CommandId | null,
  event: KeyboardEvent,
): boolean {
  const handler = command && handlers[command];
  if (!handler || handler(event) === false) return false;
  event.preventDefault();
  return true;
}
