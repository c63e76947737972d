import { describe, expect, it } from 'vitest';
import { whyKept } from '../../../review-console/browser/workbench/keys/kept-keys.ts';
import {
  COMMAND_IDS,
  COMMANDS,
  PRESETS,
  type PresetId,
  presetKeys,
} from '../../../review-console/browser/workbench/keys/key-map.ts';
import { createKeys, overlap, resolveKeys } from '../../../review-console/browser/workbench/keys/keys.ts';
import { nameOfKey, showKey } from '../../../review-console/browser/workbench/keys/name-of-key.ts';

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
const presets = Object.keys(PRESETS) as PresetId[];

describe('the command of a key', () => {
  const keys = createKeys({ preset: 'dictaline', own: {} });

  it.each([
    [press('Escape'), 'typing', 'play'],
    [press('Enter', { ctrlKey: true }), 'typing', 'finish'],
    [press('k', { metaKey: true }), 'typing', 'menu'],
    [press('F1'), 'typing', 'keys'],
    [press('a'), 'typing', null],
    [press('?', { shiftKey: true }), 'typing', null],
    [press('?', { shiftKey: true }), 'beside', 'keys'],
    [press('?', { shiftKey: true }), 'units', 'keys'],
    [press('Enter'), 'typing', null],
    [press('Enter'), 'units', 'unit-accept'],
    [press(' '), 'typing', null],
    [press(' '), 'units', 'unit-play'],
    [press('C', { shiftKey: true }), 'units', 'unit-code'],
    [press('c'), 'beside', null],
    [press('s', { ctrlKey: true }), 'units', null],
  ] as const)('%o, %s', (event, place, command) => {
    expect(keys.commandOf(event, place)).toBe(command);
  });
});

describe.each(presets)('the preset %s', (preset) => {
  it('gives each key to one command', () => {
    for (const one of COMMAND_IDS)
      for (const other of COMMAND_IDS) {
        if (one >= other || !overlap(one, other)) continue;
        const both = presetKeys(preset, one).filter((key) => presetKeys(preset, other).includes(key));
        expect(both, `${one} and ${other}`).toEqual([]);
      }
  });

  it('has no key that somebody else keeps', () => {
    for (const id of COMMAND_IDS)
      for (const key of presetKeys(preset, id)) expect(whyKept(key, id), `${key} for ${id}`).toBeNull();
  });

  it('reaches every command that Dictaline gives a key', () => {
    for (const id of COMMAND_IDS)
      if (COMMANDS[id].keys.length > 0) expect(presetKeys(preset, id), id).not.toEqual([]);
  });
});

describe("a person's own keys", () => {
  it('win over those of the preset, which then are nobody else’s', () => {
    const keys = createKeys({ preset: 'dictaline', own: { 'again-slower': ['F2', 'F7'] } });
    expect(keys.commandOf(press('F2'), 'typing')).toBe('again-slower');
    expect(keys.keysOf('back')).toEqual([]);
    expect(keys.label('back')).toBe('');
    expect(keys.label('again-slower')).toBe('F2');
  });

  it('take nothing from a command that works elsewhere', () => {
    const keys = resolveKeys({ preset: 'dictaline', own: { save: ['Ctrl+Shift+Enter'] } });
    expect(keys['finish-open']).toEqual(['Ctrl+Shift+Enter']);
  });

  it('may be none', () => {
    const keys = createKeys({ preset: 'dictaline', own: { back: [] } });
    expect(keys.commandOf(press('F2'), 'typing')).toBeNull();
  });

  it('change at once, and whoever shows them is told', () => {
    const keys = createKeys({ preset: 'dictaline', own: {} });
    const shown: string[] = [];
    keys.follow(() => shown.push(keys.label('back')));
    keys.use({ preset: 'otranscribe', own: {} });
    keys.use({ preset: 'otranscribe', own: { back: ['F13'] } });
    expect(shown).toEqual(['F2', 'F1', 'F13']);
  });
});

describe('keys that are kept', () => {
  it.each([
    ['Ctrl+W', 'back', /tabs/],
    ['F5', 'back', /again/],
    ['Ctrl+Alt+B', 'back', /Alt/],
    ['Alt+B', 'back', /Alt/],
    ['Insert', 'back', /Screen readers/],
    ['Ctrl+C', 'back', /copies/],
    ['ArrowUp', 'back', /moves/],
    ['Ctrl+ArrowLeft', 'save', /moves/],
    ['B', 'save', /writes/],
    ['Tab', 'back', /mouse/],
    ['Shift+Tab', 'insert-name', /mouse/],
    ['Ctrl', 'back', /together/],
    ['Ctrl+Shift', 'back', /together/],
    ['Dead', 'back', /does not tell/],
  ] as const)('%s for %s', (key, id, why) => {
    expect(whyKept(key, id)).toMatch(why);
  });

  it.each([
    ['F13', 'back'],
    ['MediaPlayPause', 'play'],
    ['Ctrl+F', 'save'],
    ['Tab', 'insert-name'],
    ['ArrowUp', 'unit-next'],
    ['X', 'unit-next'],
    ['X', 'play'],
  ] as const)('%s is free for %s', (key, id) => {
    expect(whyKept(key, id)).toBeNull();
  });
});

describe('names of keys', () => {
  it.each([
    [press('K', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+K', 'Ctrl+Shift+K'],
    [press('k', { ctrlKey: true }), 'Ctrl+K', 'Ctrl+K'],
    [press('ArrowDown', { ctrlKey: true }), 'Ctrl+ArrowDown', 'Ctrl+↓'],
    [press('Escape'), 'Escape', 'Esc'],
    [press(' '), 'Space', 'Space'],
    [press('+', { ctrlKey: true }), 'Ctrl++', 'Ctrl++'],
    [press('F9', { shiftKey: true }), 'Shift+F9', 'Shift+F9'],
    [press('j'), 'J', 'j'],
  ])('%o is %s, read as %s', (event, name, shown) => {
    expect(nameOfKey(event)).toBe(name);
    expect(showKey(name)).toBe(shown);
  });
});
