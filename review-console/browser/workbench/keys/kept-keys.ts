import { COMMANDS, type CommandId } from './key-map.ts';
import { typesText } from './name-of-key.ts';

/**
 * Keys that are not the workbench's to take, and who has them. Chromium, Firefox and Safari never hand over those that
 * open and close tabs and windows; those of desktops and screen readers don't arrive, or cost somebody their hearing
 * aid for the screen.
 */
const KEPT: readonly (readonly [keys: RegExp, why: string])[] = [
  [/^Ctrl\+(Shift\+)?[TNWQ]$|^Ctrl\+F4$/, 'The browser opens and closes tabs and windows with it.'],
  [/^Ctrl\+(Shift\+)?(Tab|PageUp|PageDown|[1-9])$/, 'The browser changes tabs with it.'],
  [/^(Shift\+|Ctrl\+|Ctrl\+Shift\+)?F5$|^Ctrl\+(Shift\+)?R$/, 'The browser loads the page again with it.'],
  [/^(Ctrl\+)?(Shift\+)?F6$|^Ctrl\+L$/, 'The browser goes to its address bar with it.'],
  [/^(Ctrl\+)?(Shift\+)?F11$/, 'The browser fills the screen with it.'],
  [/^(Ctrl\+)?(Shift\+)?F12$|^Ctrl\+Shift\+[CIJ]$/, 'The browser opens its tools for developers with it.'],
  [/^Ctrl\+(Shift\+)?[-+=0_)]$/, 'The browser makes everything larger or smaller with it.'],
  [/^Ctrl\+Shift\+(Delete|Backspace)$|^Shift\+Escape$/, 'The browser opens one of its own windows with it.'],
  [/^Ctrl\+(Shift\+)?P$/, 'The browser prints with it.'],
  [/^Shift\+F10$|ContextMenu$/, 'The menu of what stands at the cursor opens with it.'],
  [/^Ctrl\+(Shift\+)?(Escape|Space)$/, 'The desktop keeps it for itself.'],
  [/^(Ctrl\+)?(Alt\+|AltGraph)/, 'Menus, letters of other languages and screen readers need Alt.'],
  [
    /(^|\+)(Insert|CapsLock|NumLock|ScrollLock|PrintScreen|Fn|FnLock)$/,
    'Screen readers and the desktop keep it.',
  ],
  [/(^|\+)(Dead|Process|Unidentified|Compose)$/, 'The browser does not tell which key that is.'],
  [/^Ctrl\+(Shift\+)?[ACVXYZ]$/, 'It selects, copies, pastes or undoes in the text.'],
];

/** These write, move or change something where text is typed. */
const EDITING =
  /^(Ctrl\+)?(Shift\+)?(Backspace|Delete|Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown)$|^(Shift\+)?Enter$/;

/** Why a key can not be given to a command; null when it can. `name` as `nameOfKey` makes it. */
export function whyKept(name: string, id: CommandId): string | null {
  const { where, offered } = COMMANDS[id];
  if (/^(Ctrl|Alt|Shift|Meta|\+)+$/.test(name)) return 'Press another key together with it.';
  if (/^(Shift\+)?Tab$/.test(name))
    return offered && name === 'Tab' ? null : 'Whoever can not use a mouse goes from field to field with it.';
  const kept = KEPT.find(([keys]) => keys.test(name));
  if (kept) return kept[1];
  if (where === 'units') return null;
  if (where === 'text' && typesText(name)) return 'It writes a character in the text.';
  return EDITING.test(name) && !offered ? 'It moves or changes something in the text.' : null;
}
