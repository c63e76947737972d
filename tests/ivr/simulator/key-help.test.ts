import { describe, expect, test } from 'vitest';
import { KEY_MAPS, pauseCommandOf, recordingCommandOf } from '../../../ivr/flow/dictating/key-maps.ts';
import { FAULT_CHOICES, faultsOf } from '../../../ivr/simulator/fault-choices.ts';
import { keyHelpOf } from '../../../ivr/simulator/key-help.ts';

describe.each(Object.entries(KEY_MAPS))('help for the map %s', (keyMap, map) => {
  test('names each key that does something, and none besides', () => {
    for (const [at, commandOf] of [
      ['recording', recordingCommandOf],
      ['paused', pauseCommandOf],
    ] as const) {
      const shown = keyHelpOf({ at, keyMap })?.keys ?? [];
      const working = [...'0123456789*#'].filter((key) => commandOf(map, key) !== undefined);
      expect(shown.map(({ key }) => key).sort()).toEqual(working.sort());
      for (const { does } of shown) expect(does).not.toBe('');
    }
  });

  test('says which key confirms', () => {
    expect(keyHelpOf({ at: 'confirm_drop', keyMap })?.keys[0]).toEqual({ key: map.confirm, does: 'yes' });
  });
});

test('logging in has its keys; other menus say theirs themselves', () => {
  expect(keyHelpOf({ at: 'enter_pin', keyMap: 'standard' })?.keys).toHaveLength(3);
  expect(keyHelpOf({ at: 'finished', keyMap: 'standard' })).toBeNull();
  expect(keyHelpOf({ at: 'recording', keyMap: 'nobody knows' })).toEqual(
    keyHelpOf({ at: 'recording', keyMap: 'standard' }),
  );
});

test('what may go wrong: each choice alone, several, none, unknown ones', () => {
  for (const { id, faults } of FAULT_CHOICES) expect(faultsOf([id])).toEqual(faults);
  expect(new Set(FAULT_CHOICES.map(({ id }) => id)).size).toBe(FAULT_CHOICES.length);
  expect(faultsOf(['no-end', 'twice'])).toEqual({
    ...{ loseStatus: true, repeatRequests: true, repeatCallbacks: true },
  });
  expect(faultsOf(['nothing like it'])).toEqual({});
});
