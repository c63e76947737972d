import { whyKept } from './kept-keys.ts';
import { COMMAND_IDS, type CommandId, PRESETS, type PresetId, presetKeys } from './key-map.ts';
import { type KeyChoice, overlap, resolveKeys } from './keys.ts';

/** As many as anybody can remember; the sheet has room for them. */
const MOST_KEYS = 4;

export type Change =
  | { kind: 'done'; choice: KeyChoice }
  /** Somebody else keeps it. */
  | { kind: 'kept'; why: string }
  /** These commands have it now. */
  | { kind: 'conflict'; with: readonly CommandId[] };

/**
 * Gives a key to a command, instead of its others or (`add`) besides. With `take` also when other commands have it,
 * which lose it.
 */
export function giveKey(
  choice: KeyChoice,
  id: CommandId,
  key: string,
  { add = false, take = false }: { add?: boolean; take?: boolean } = {},
): Change {
  const why = whyKept(key, id);
  if (why) return { kind: 'kept', why };
  const now = resolveKeys(choice);
  const others = COMMAND_IDS.filter(
    (other) => other !== id && overlap(other, id) && now[other].includes(key),
  );
  if (others.length > 0 && !take) return { kind: 'conflict', with: others };
  const own = { ...choice.own };
  for (const other of others) own[other] = now[other].filter((name) => name !== key);
  own[id] = add ? [...new Set([...now[id], key])].slice(-MOST_KEYS) : [key];
  return { kind: 'done', choice: { ...choice, own } };
}

export function removeKey(choice: KeyChoice, id: CommandId, key: string): KeyChoice {
  const left = resolveKeys(choice)[id].filter((name) => name !== key);
  return { ...choice, own: { ...choice.own, [id]: left } };
}

/** The preset's keys for this command again; those that a person gave to another stay there. */
export function resetKeys(choice: KeyChoice, id: CommandId): KeyChoice {
  const { [id]: _, ...own } = choice.own;
  return { ...choice, own };
}

export interface Difference {
  id: CommandId;
  before: readonly string[];
  after: readonly string[];
}

/** What another choice would change, in the order of the sheet. */
export function differences(from: KeyChoice, to: KeyChoice): Difference[] {
  const before = resolveKeys(from);
  const after = resolveKeys(to);
  return COMMAND_IDS.filter((id) => before[id].join('\n') !== after[id].join('\n')).map((id) => ({
    id,
    before: before[id],
    after: after[id],
  }));
}

/** Whether a person has other keys for this command than their preset. */
export const isOwn = (choice: KeyChoice, id: CommandId): boolean =>
  choice.own[id] !== undefined && choice.own[id]?.join('\n') !== presetKeys(choice.preset, id).join('\n');

export const PRESET_IDS = Object.keys(PRESETS) as readonly PresetId[];
