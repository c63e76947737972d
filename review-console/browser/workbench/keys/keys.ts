import { COMMAND_IDS, COMMANDS, type CommandId, type PresetId, presetKeys } from './key-map.ts';
import { nameOfKey, type PressedKey, showKey, typesText } from './name-of-key.ts';

/** What a person has chosen: a preset, and other keys for some commands ([]: no key at all). */
export interface KeyChoice {
  preset: PresetId;
  own: Readonly<Partial<Record<CommandId, readonly string[]>>>;
}

/** Where a key is pressed: in the text, beside it (side panel, buttons), or with the units shown. */
export type Place = 'typing' | 'beside' | 'units';

/** The keys of the person at work. They may change while the workbench is open. */
export interface Keys {
  readonly choice: KeyChoice;
  use(choice: KeyChoice): void;
  /** Runs at once and whenever keys have changed: for labels on the screen. */
  follow(show: () => void): void;
  /** The command of a pressed key; null when it is just typing. */
  commandOf(event: PressedKey, place: Place): CommandId | null;
  /** In effect, as `nameOfKey` names them. */
  keysOf(id: CommandId): readonly string[];
  /** The first key of a command as a person reads it; '' when it has none. */
  label(id: CommandId): string;
}

/** Whether two commands would both answer to one key. */
export function overlap(one: CommandId, other: CommandId): boolean {
  const [a, b] = [COMMANDS[one].where, COMMANDS[other].where];
  return a === b || a === 'anywhere' || b === 'anywhere';
}

/**
 * The keys in effect of each command. Own keys win over those of the preset: a key that a person has given to one
 * command is taken from every other that would answer to it, too.
 */
export function resolveKeys({ preset, own }: KeyChoice): Record<CommandId, readonly string[]> {
  const taken: (readonly [key: string, by: CommandId])[] = COMMAND_IDS.flatMap((id) =>
    (own[id] ?? []).map((key) => [key, id] as const),
  );
  const isFree = (key: string, id: CommandId) =>
    !taken.some(([name, by]) => name === key && by !== id && overlap(by, id));
  return Object.fromEntries(
    COMMAND_IDS.map((id) => [id, own[id] ?? presetKeys(preset, id).filter((key) => isFree(key, id))]),
  ) as Record<CommandId, readonly string[]>;
}

export function createKeys(first: KeyChoice): Keys {
  let choice = first;
  let resolved = resolveKeys(choice);
  let byKey = index(resolved);
  const followers: (() => void)[] = [];
  const keysOf = (id: CommandId) => resolved[id];
  return {
    get choice() {
      return choice;
    },
    use(next) {
      if (next === choice) return;
      choice = next;
      resolved = resolveKeys(choice);
      byKey = index(resolved);
      for (const show of followers) show();
    },
    follow(show) {
      followers.push(show);
      show();
    },
    keysOf,
    commandOf(event, place) {
      const name = nameOfKey(event);
      if (place === 'typing' && typesText(name)) return null;
      const other = place === 'units' ? 'text' : 'units';
      return byKey.get(name)?.find((id) => COMMANDS[id].where !== other) ?? null;
    },
    label(id) {
      const [key] = keysOf(id);
      return key ? showKey(key) : '';
    },
  };
}

function index(resolved: Readonly<Record<CommandId, readonly string[]>>): Map<string, CommandId[]> {
  const byKey = new Map<string, CommandId[]>();
  for (const id of COMMAND_IDS)
    for (const key of resolved[id]) byKey.set(key, [...(byKey.get(key) ?? []), id]);
  return byKey;
}
