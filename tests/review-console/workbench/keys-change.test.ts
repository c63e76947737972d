import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differences,
  giveKey,
  isOwn,
  PRESET_IDS,
  removeKey,
  resetKeys,
} from '../../../review-console/browser/workbench/keys/change-keys.ts';
import { COMMAND_IDS } from '../../../review-console/browser/workbench/keys/key-map.ts';
import { type KeyChoice, overlap, resolveKeys } from '../../../review-console/browser/workbench/keys/keys.ts';

const usual: KeyChoice = { preset: 'dictaline', own: {} };
const given = (change: ReturnType<typeof giveKey>): KeyChoice => {
  if (change.kind !== 'done') throw new Error(`not done: ${JSON.stringify(change)}`);
  return change.choice;
};

describe('a new key', () => {
  it('replaces the others, or comes besides', () => {
    expect(resolveKeys(given(giveKey(usual, 'play', 'F13'))).play).toEqual(['F13']);
    expect(resolveKeys(given(giveKey(usual, 'play', 'F13', { add: true }))).play).toEqual([
      'Escape',
      'F8',
      'F13',
    ]);
  });

  it('that a browser keeps is refused with the reason', () => {
    expect(giveKey(usual, 'play', 'Ctrl+W')).toEqual({
      kind: 'kept',
      why: expect.stringContaining('tabs and windows'),
    });
  });

  it('that another command has names that command, and takes it only when asked', () => {
    expect(giveKey(usual, 'back', 'F7')).toEqual({ kind: 'conflict', with: ['again-slower'] });
    const taken = resolveKeys(given(giveKey(usual, 'back', 'F7', { take: true })));
    expect(taken.back).toEqual(['F7']);
    expect(taken['again-slower']).toEqual([]);
  });

  it('conflicts with nothing that works elsewhere', () => {
    expect(giveKey(usual, 'save', 'Ctrl+Shift+Enter').kind).toBe('done');
    expect(giveKey(usual, 'unit-next', 'X').kind).toBe('done');
  });
});

describe('taking away and resetting', () => {
  it('one key, and all of a command', () => {
    const without = removeKey(usual, 'play', 'F8');
    expect(resolveKeys(without).play).toEqual(['Escape']);
    expect(isOwn(without, 'play')).toBe(true);
    expect(resolveKeys(resetKeys(without, 'play')).play).toEqual(['Escape', 'F8']);
    expect(isOwn(resetKeys(without, 'play'), 'play')).toBe(false);
  });

  it('gives a key back that another command had taken, once that is reset too', () => {
    const taken = given(giveKey(usual, 'back', 'F7', { take: true }));
    expect(resolveKeys(resetKeys(taken, 'again-slower'))['again-slower']).toEqual([]);
    const both = resetKeys(resetKeys(taken, 'again-slower'), 'back');
    expect(resolveKeys(both)).toEqual(resolveKeys(usual));
  });
});

it('a preset is shown by what it changes', () => {
  const changes = differences(usual, { ...usual, preset: 'otranscribe' });
  expect(changes).toContainEqual({ id: 'back', before: ['F2'], after: ['F1'] });
  expect(changes.map(({ id }) => id)).not.toContain('unit-next');
  expect(differences(usual, usual)).toEqual([]);
});

it('no key ever does two things in one place, whatever somebody presses', () => {
  const act = fc.record({
    id: fc.constantFrom(...COMMAND_IDS),
    key: fc.constantFrom('F2', 'F7', 'F8', 'Escape', 'Ctrl+M', 'C', 'J', 'Ctrl+Enter', 'F13'),
    add: fc.boolean(),
    what: fc.constantFrom('give', 'give', 'give', 'remove', 'reset', 'preset'),
    preset: fc.constantFrom(...PRESET_IDS),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      let choice = usual;
      for (const { id, key, add, what, preset } of acts) {
        if (what === 'remove') choice = removeKey(choice, id, key);
        else if (what === 'reset') choice = resetKeys(choice, id);
        else if (what === 'preset') choice = { ...choice, preset };
        else {
          const change = giveKey(choice, id, key, { add, take: true });
          if (change.kind === 'done') choice = change.choice;
        }
      }
      const resolved = resolveKeys(choice);
      for (const one of COMMAND_IDS)
        for (const key of resolved[one]) {
          const others = COMMAND_IDS.filter((id) => id !== one && resolved[id].includes(key));
          expect(others.filter((other) => overlap(one, other))).toEqual([]);
        }
    }),
  );
});
