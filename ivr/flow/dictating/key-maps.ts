/*
 * What the keys of a phone do while dictating. There is no standard among dictation systems, so a company chooses, and
 * a person may choose otherwise. Each map is data; what holds for all of them is tested (tests/ivr/flow/dictating/
 * key-maps.test.ts): every command has a key, what throws speech away asks first, the key that confirms does nothing
 * else in the pause menu, and the key that pauses asks for nothing that throws away, because people press it twice.
 */

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** While being recorded. */
export type RecordingCommand = 'finish' | 'pause' | 'help';

export type PauseCommand =
  | 'continue'
  | 'play_last'
  | 'play_all'
  /** Say the last part anew. Asks first. */
  | 'redo'
  /** Drop the last part. Asks first. */
  | 'drop'
  | 'urgent'
  | 'hold'
  | 'help'
  | 'finish';

export interface KeyMap {
  /** The first key of a command is the one that is spoken. Keys that are missing do nothing. */
  recording: Readonly<Partial<Record<Key, RecordingCommand>>>;
  paused: readonly (readonly [Key, PauseCommand])[];
  /** Answers yes where a part would be thrown away. */
  confirm: Key;
}

const standard: KeyMap = {
  recording: { '#': 'finish', '*': 'pause', '0': 'help' },
  paused: [
    ['1', 'continue'],
    ['2', 'play_last'],
    ['3', 'play_all'],
    ['4', 'redo'],
    ['5', 'drop'],
    ['6', 'urgent'],
    ['7', 'hold'],
    ['0', 'help'],
    ['#', 'finish'],
  ],
  confirm: '9',
};

/**
 * Record on 1, skip back on 3, stop on 4, to the start on 6, done on 0 (and # for the next one), done urgently on 2.
 * Recording goes on at the end and never over what is there.
 */
const recordOn1: KeyMap = {
  recording: { '#': 'finish', '0': 'finish', '4': 'pause', '*': 'help' },
  paused: [
    ['1', 'continue'],
    ['3', 'play_last'],
    ['6', 'play_all'],
    ['5', 'redo'],
    ['8', 'drop'],
    ['2', 'urgent'],
    ['7', 'hold'],
    ['*', 'help'],
    ['#', 'finish'],
    ['0', 'finish'],
  ],
  confirm: '9',
};

/**
 * Play on 1, record and pause on 2, to the start on 7 or 8, priority on 0. There 2 records over what stands at the
 * cursor; here it goes on at the end.
 */
const recordOn2: KeyMap = {
  recording: { '#': 'finish', '2': 'pause', '*': 'help' },
  paused: [
    ['2', 'continue'],
    ['1', 'play_last'],
    ['8', 'play_all'],
    ['7', 'play_all'],
    ['4', 'redo'],
    ['5', 'drop'],
    ['0', 'urgent'],
    ['6', 'hold'],
    ['*', 'help'],
    ['#', 'finish'],
  ],
  confirm: '9',
};

/** By the names that company and people choose from (transcription/intake/phone-settings.ts). */
export const KEY_MAPS = {
  standard,
  record_on_1: recordOn1,
  record_on_2: recordOn2,
} as const satisfies Record<string, KeyMap>;

/** The map of a name; unknown names mean the standard one. */
export function keyMapOf(name: string): KeyMap {
  return Object.hasOwn(KEY_MAPS, name) ? KEY_MAPS[name as keyof typeof KEY_MAPS] : standard;
}

export function recordingCommandOf(map: KeyMap, key: string): RecordingCommand | undefined {
  return Object.hasOwn(map.recording, key) ? map.recording[key as Key] : undefined;
}

export function pauseCommandOf(map: KeyMap, key: string): PauseCommand | undefined {
  return map.paused.find(([each]) => each === key)?.[1];
}

/** All keys that end a recording, as the carrier takes them. */
export function recordingKeys(map: KeyMap): string {
  return Object.keys(map.recording).join('');
}

/** Values of the prompts that name keys: each command's first key, and the one that confirms. */
export function spokenKeys(map: KeyMap, of: 'recording' | 'paused'): Record<string, string> {
  // Digits come before other keys in an object's order, but where # finishes it is what people are told.
  const entries = of === 'paused' ? map.paused : Object.entries(map.recording).sort(([a], [b]) => last(a, b));
  const keys: Record<string, string> = { confirm: map.confirm };
  for (const [key, command] of entries) keys[command] ??= key;
  return keys;
}

function last(a: string, b: string): number {
  return Number(/\d/.test(a)) - Number(/\d/.test(b));
}
