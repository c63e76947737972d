import { describe, expect, it } from 'vitest';
import {
  nameOfKey,
  TYPING_KEYS,
  typingCommand,
} from '../../../review-console/browser/workbench/keys/key-map.ts';
import { clockOf, countWords, dueIn } from '../../../review-console/browser/workbench/text/show-time.ts';
import { showRequirement } from '../../../review-console/queue/show-row.ts';

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('keys', () => {
  it.each([
    [press('Escape'), 'play'],
    [press('Enter', { ctrlKey: true }), 'finish'],
    [press('k', { metaKey: true }), 'menu'],
    [press('F1'), 'keys'],
    [press('a'), null],
    [press('?', { shiftKey: true }), null],
    [press('Enter'), null],
  ])('%o', (event, command) => {
    expect(typingCommand(event)).toBe(command);
  });

  it('none that a browser or desktop keeps for itself', () => {
    const kept = /^(Ctrl\+(Shift\+)?[WTNQ]|Ctrl\+(Shift\+)?Tab|F5|F6|F11|F12|Alt\+.*|Ctrl\+F4)$/;
    for (const key of TYPING_KEYS.flatMap((line) => line.keys)) expect(key).not.toMatch(kept);
  });

  it('names a key once whatever the case', () => {
    expect(nameOfKey(press('K', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+K');
  });
});

describe('times and counts', () => {
  it.each([
    [0, '0:00'],
    [187.9, '3:07'],
    [3765, '1:02:45'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(clockOf(seconds)).toBe(text);
  });

  it.each([
    [30 * 60_000, { text: '30 min', isLate: false, isSoon: true }],
    [125 * 60_000, { text: '2 h 05 min', isLate: false, isSoon: false }],
    [-3 * 60_000, { text: 'late by 3 min', isLate: true, isSoon: false }],
    [80 * 3_600_000, { text: '3 days', isLate: false, isSoon: false }],
  ])('due in %d ms', (ms, shown) => {
    expect(dueIn(ms, 0)).toEqual(shown);
  });

  it('counts words', () => {
    expect(countWords(' We  met\nRosa. ')).toBe(3);
    expect(countWords('')).toBe(0);
  });

  it.each([
    ['language:es', 'Spanish'],
    ['clearance:citizen', 'clearance: citizen'],
    ['language:???', '???'],
  ])('shows the requirement %s as %s', (requirement, text) => {
    expect(showRequirement(requirement)).toBe(text);
  });
});
