import { describe, expect, test } from 'vitest';
import { applyInput } from '../../../../ivr/flow/call-flow.ts';
import {
  KEY_MAPS,
  keyMapOf,
  pauseCommandOf,
  recordingCommandOf,
  recordingKeys,
  spokenKeys,
} from '../../../../ivr/flow/dictating/key-maps.ts';
import { KEY_MAP_NAMES } from '../../../../transcription/intake/phone-settings.ts';
import { keys, recorded } from '../check.ts';
import { at, dictation, FRESH, part } from '../states.ts';

const PAUSE_COMMANDS = [
  'continue',
  'play_last',
  'play_all',
  'redo',
  'drop',
  'urgent',
  'hold',
  'help',
  'finish',
];
const ALL_KEYS = [...'0123456789*#'];

test('there is a map for each name that can be chosen, and no other', () => {
  expect(Object.keys(KEY_MAPS)).toEqual([...KEY_MAP_NAMES]);
});

test.each(['', 'qwerty', 'constructor', '__proto__'])('the name "%s" means the standard map', (name) => {
  expect(keyMapOf(name)).toBe(KEY_MAPS.standard);
});

describe.each(Object.entries(KEY_MAPS))('%s', (name, map) => {
  const destructive = map.paused.filter(([, command]) => command === 'redo' || command === 'drop');
  const askingKeys = destructive.map(([key]) => key);

  test('every command has a key', () => {
    expect(new Set(map.paused.map(([, command]) => command))).toEqual(new Set(PAUSE_COMMANDS));
    expect(new Set(Object.values(map.recording))).toEqual(new Set(['finish', 'pause', 'help']));
  });

  test('a key does one thing', () => {
    const pressed = map.paused.map(([key]) => key);
    expect(new Set(pressed).size).toBe(pressed.length);
  });

  test('# finishes, wherever one is', () => {
    expect(recordingCommandOf(map, '#')).toBe('finish');
    expect(pauseCommandOf(map, '#')).toBe('finish');
  });

  test('the key that confirms does nothing in the pause menu and asks for nothing', () => {
    expect(pauseCommandOf(map, map.confirm)).toBeUndefined();
    expect(askingKeys).not.toContain(map.confirm);
  });

  test('a key that ends a recording throws nothing away when it is pressed twice', () => {
    for (const key of recordingKeys(map)) expect(askingKeys).not.toContain(key);
  });

  test('no single key throws anything away, in any situation', () => {
    const open = { keyMap: name, dictation: dictation(part(1), part(2)) };
    for (const key of ALL_KEYS) {
      for (const step of ['paused', 'helped', 'still_there'] as const) {
        const { effects } = applyInput(at(step, open), keys(key), FRESH);
        expect(effects.map(({ kind }) => kind)).not.toContain('drop_recording');
        expect(effects.map(({ kind }) => kind)).not.toContain('discard_dictation');
      }
    }
    for (const key of recordingKeys(map)) {
      const { effects } = applyInput(at('recording', open), recorded(9, key as '#'), FRESH);
      expect(effects.map(({ kind }) => kind)).not.toContain('drop_recording');
    }
  });

  test.each(['confirm_drop', 'confirm_redo'] as const)('%s: only the confirming key does it', (step) => {
    const open = { keyMap: name, dictation: dictation(part(1), part(2)) };
    const dropping = ALL_KEYS.filter((key) =>
      applyInput(at(step, open), keys(key), FRESH).effects.some(({ kind }) => kind === 'drop_recording'),
    );
    expect(dropping).toEqual([map.confirm]);
  });

  test('the prompts name keys that do what they say', () => {
    const { confirm, ...pausing } = spokenKeys(map, 'paused');
    expect(confirm).toBe(map.confirm);
    expect(Object.keys(pausing).sort()).toEqual([...PAUSE_COMMANDS].sort());
    for (const [command, key] of Object.entries(pausing)) expect(pauseCommandOf(map, key)).toBe(command);
    const { confirm: _, ...recording } = spokenKeys(map, 'recording');
    expect(Object.keys(recording).sort()).toEqual(['finish', 'help', 'pause']);
    for (const [command, key] of Object.entries(recording))
      expect(recordingCommandOf(map, key)).toBe(command);
  });

  test('and they are spoken from this map: recording, pausing, confirming', () => {
    const open = { keyMap: name, dictation: dictation(part(1)) };
    const paused = applyInput(at('paused', open), keys(''), FRESH);
    expect(paused.prompts).toContainEqual({ say: 'pause_keys', values: spokenKeys(map, 'paused') });
    const drop = spokenKeys(map, 'paused').drop ?? '';
    const [question] = applyInput(at('paused', open), keys(drop), FRESH).prompts;
    expect(question).toMatchObject({ say: 'drop_question', values: { confirm: map.confirm } });
    const described = applyInput(
      at('describing', open),
      { kind: 'described', reference: '1234567', backTo: 'recording' },
      FRESH,
    );
    expect(described.prompts).toContainEqual({ say: 'record_keys', values: spokenKeys(map, 'recording') });
  });

  test('the carrier is told to end a recording at these keys', () => {
    const { next } = applyInput(
      at('paused', { keyMap: name, dictation: dictation(part(1)) }),
      keys(goOn()),
      FRESH,
    );
    expect(next).toEqual({ kind: 'record', recordingId: 'new-recording', keys: recordingKeys(map) });
  });

  function goOn(): string {
    return spokenKeys(map, 'paused').continue ?? '';
  }
});

test('the first word of each convention holds: record on 1, record on 2', () => {
  expect(pauseCommandOf(KEY_MAPS.record_on_1, '1')).toBe('continue');
  expect(pauseCommandOf(KEY_MAPS.record_on_2, '2')).toBe('continue');
  expect(spokenKeys(KEY_MAPS.standard, 'recording')).toEqual({
    finish: '#',
    pause: '*',
    help: '0',
    confirm: '9',
  });
});
