/**
 * Everything that a key can do in the workbench. A part that brings a command adds a line here and a handler to its
 * `CommandHandlers`; sheet, remapping, presets and conflicts follow by themselves.
 *
 * No key that a browser, a desktop or a screen reader keeps for itself: see `kept-keys.ts`.
 */
export interface Command {
  /** Heading on the sheet of keys, one of GROUPS. */
  group: (typeof GROUPS)[number];
  does: string;
  /**
   * `text`: while the text is shown; `units`: in the second step; `anywhere`: in both. A key that writes a letter does
   * so while the text is typed in, and is a command everywhere else.
   */
  where: 'text' | 'units' | 'anywhere';
  /** Names as in `nameOfKey`; none: only in menus until somebody gives it a key. */
  keys: readonly string[];
  /** Where a preset differs. */
  presets?: Partial<Record<Exclude<PresetId, 'dictaline'>, readonly string[]>>;
  /** Works only while something is offered; its key does what it always does otherwise. Tab is allowed for it. */
  offered?: true;
}

export const GROUPS = ['Listening', 'Sound', 'Text', 'Unclear passages', 'Units', 'Job', 'Help'] as const;

export type PresetId = 'dictaline' | 'otranscribe' | 'express-scribe';

export const PRESETS: Readonly<Record<PresetId, { label: string; note: string }>> = {
  dictaline: { label: 'Dictaline', note: 'Esc plays, F2 and F4 skip, F7 repeats slower' },
  otranscribe: {
    label: 'Like oTranscribe',
    note: 'Esc plays, F1 and F2 skip, F3 and F4 change the speed, Ctrl+J marks the place',
  },
  'express-scribe': {
    label: 'Like Express Scribe',
    note: 'F9 plays, F4 stops, F7 and F8 skip, F2 and F3 change the speed, F10 is the usual speed',
  },
};

const TABLE = {
  // ── Listening ──
  play: {
    group: 'Listening',
    does: 'Play and pause; resumes a small step back',
    where: 'anywhere',
    keys: ['Escape', 'F8'],
    presets: { otranscribe: ['Escape'], 'express-scribe': ['F9', 'Escape'] },
  },
  pause: {
    group: 'Listening',
    does: 'Pause; never starts',
    where: 'anywhere',
    keys: [],
    presets: { 'express-scribe': ['F4'] },
  },
  back: {
    group: 'Listening',
    does: 'Back a few seconds',
    where: 'anywhere',
    keys: ['F2'],
    presets: { otranscribe: ['F1'], 'express-scribe': ['F7'] },
  },
  forward: {
    group: 'Listening',
    does: 'Forward a few seconds',
    where: 'anywhere',
    keys: ['F4'],
    presets: { otranscribe: ['F2'], 'express-scribe': ['F8'] },
  },
  'again-slower': {
    group: 'Listening',
    does: 'That again, slower',
    where: 'anywhere',
    keys: ['F7'],
    presets: { 'express-scribe': ['Shift+F7'] },
  },
  loop: {
    group: 'Listening',
    does: 'Repeat the last seconds; again, or Esc, to go on',
    where: 'anywhere',
    keys: ['Shift+F7'],
    presets: { 'express-scribe': ['Ctrl+F7'] },
  },
  slower: {
    group: 'Listening',
    does: 'Slower',
    where: 'anywhere',
    keys: ['F9', 'Ctrl+Shift+<'],
    presets: { otranscribe: ['F3', 'Ctrl+Shift+<'], 'express-scribe': ['F2', 'Ctrl+Shift+<'] },
  },
  faster: {
    group: 'Listening',
    does: 'Faster',
    where: 'anywhere',
    keys: ['F10', 'Ctrl+Shift+>'],
    presets: { otranscribe: ['F4', 'Ctrl+Shift+>'], 'express-scribe': ['F3', 'Ctrl+Shift+>'] },
  },
  'usual-speed': {
    group: 'Listening',
    does: 'Speed 1×, and back to yours',
    where: 'anywhere',
    keys: ['Shift+F9'],
    presets: { 'express-scribe': ['F10'] },
  },
  'skip-silence': {
    group: 'Listening',
    does: 'Skip silence longer than a second, or not',
    where: 'anywhere',
    keys: ['Shift+F4'],
  },
  // ── Sound ──
  filter: {
    group: 'Sound',
    does: 'Filter for bad lines, on or off',
    where: 'anywhere',
    keys: ['Shift+F2'],
  },
  quieter: { group: 'Sound', does: 'Quieter', where: 'anywhere', keys: ['Ctrl+F9'] },
  louder: { group: 'Sound', does: 'Louder', where: 'anywhere', keys: ['Ctrl+F10'] },
  listening: {
    group: 'Sound',
    does: 'Listening: speed, steps, loudness, filter, foot pedal',
    where: 'anywhere',
    keys: ['Ctrl+,'],
  },
  // ── Text ──
  'next-name': {
    group: 'Text',
    does: 'Next name that sounds like it',
    where: 'text',
    keys: ['F3'],
    presets: { otranscribe: ['Shift+F3'], 'express-scribe': ['Shift+F3'] },
  },
  'insert-name': {
    group: 'Text',
    does: 'Put the marked name in',
    where: 'text',
    keys: ['Tab'],
    offered: true,
  },
  find: {
    group: 'Text',
    does: 'Find and replace',
    where: 'text',
    // Ctrl+F stays the browser's own, which looks through the whole page.
    keys: ['Ctrl+Shift+F'],
  },
  'add-expansion': {
    group: 'Text',
    does: 'New short form for what is selected',
    where: 'text',
    keys: ['Ctrl+Shift+E'],
  },
  'next-check': {
    group: 'Text',
    does: 'Next word that is not known, or that the house writes otherwise',
    where: 'text',
    keys: ['Ctrl+;'],
  },
  'check-text': {
    group: 'Text',
    does: 'House style in the whole text: a list to accept',
    where: 'text',
    keys: ['Ctrl+Shift+:'],
  },
  save: { group: 'Text', does: 'Save now (it saves by itself, too)', where: 'text', keys: ['Ctrl+S'] },
  history: {
    group: 'Text',
    does: 'History: see, compare and bring back what stood here before',
    where: 'text',
    keys: ['Ctrl+F2'],
  },
  redact: {
    group: 'Text',
    does: 'Redact what is selected: gone for good from text and sound',
    where: 'text',
    keys: ['Ctrl+Shift+F2'],
  },
  // ── Unclear passages ──
  'mark-unclear': {
    group: 'Unclear passages',
    does: 'Mark as unclear, or ask the speaker: selection, or word at the cursor',
    where: 'text',
    keys: ['Ctrl+M'],
    presets: { otranscribe: ['Ctrl+J', 'Ctrl+M'] },
  },
  'mark-inaudible': {
    group: 'Unclear passages',
    does: 'Mark as inaudible, at once',
    where: 'text',
    keys: ['Ctrl+I'],
  },
  'mark-word': {
    group: 'Unclear passages',
    does: 'Mark as unsure of the word, at once',
    where: 'text',
    keys: ['Ctrl+U'],
  },
  'mark-spelling': {
    group: 'Unclear passages',
    does: 'Mark as unsure of the spelling, at once',
    where: 'text',
    keys: ['Ctrl+E'],
  },
  'mark-lost': {
    group: 'Unclear passages',
    does: 'Mark as lost signal, at once; near a dropped line: that seam',
    where: 'text',
    keys: ['Ctrl+O'],
  },
  'hear-unclear': {
    group: 'Unclear passages',
    does: 'The unclear passage at the cursor again; once more: slower',
    where: 'anywhere',
    keys: ['Ctrl+F8'],
  },
  'previous-unclear': {
    group: 'Unclear passages',
    does: 'Previous unclear passage, with its audio',
    where: 'anywhere',
    keys: ['Ctrl+F3'],
  },
  'next-unclear': {
    group: 'Unclear passages',
    does: 'Next unclear passage, with its audio',
    where: 'anywhere',
    keys: ['Ctrl+.'],
  },
  'hear-answer': {
    group: 'Unclear passages',
    does: 'What the speaker answered',
    where: 'anywhere',
    keys: ['Shift+F8'],
  },
  // ── Units ──
  'unit-accept': {
    group: 'Units',
    does: 'Accept, on to the next open one; finish when nothing is open',
    where: 'units',
    keys: ['Enter'],
  },
  'unit-accept-paragraph': {
    group: 'Units',
    does: 'Accept the whole paragraph',
    where: 'units',
    keys: ['Shift+Enter'],
  },
  'unit-next': { group: 'Units', does: 'Next', where: 'units', keys: ['J', 'ArrowDown'] },
  'unit-previous': { group: 'Units', does: 'Previous', where: 'units', keys: ['K', 'ArrowUp'] },
  'unit-first': { group: 'Units', does: 'To the heading', where: 'units', keys: ['Home'] },
  'unit-last': { group: 'Units', does: 'To the last one', where: 'units', keys: ['End'] },
  'unit-play': {
    group: 'Units',
    does: 'Play this unit; again to stop',
    where: 'units',
    keys: ['Space'],
  },
  'unit-code': { group: 'Units', does: 'Code: choose others', where: 'units', keys: ['C'] },
  'unit-split': { group: 'Units', does: 'Split', where: 'units', keys: ['S'] },
  'unit-merge': { group: 'Units', does: 'Merge with the next', where: 'units', keys: ['M'] },
  'unit-values': { group: 'Units', does: 'Values: change, add, remove', where: 'units', keys: ['V'] },
  'unit-step': { group: 'Units', does: 'Next step: who, what, when', where: 'units', keys: ['N'] },
  'unit-account': { group: 'Units', does: 'Account', where: 'units', keys: ['A'] },
  'unit-people': { group: 'Units', does: 'People met', where: 'units', keys: ['P'] },
  'unit-meeting': { group: 'Units', does: 'Date and kind of the meeting', where: 'units', keys: ['D'] },
  'unit-new-contact': {
    group: 'Units',
    does: 'New contact: somebody not listed',
    where: 'units',
    keys: ['W'],
  },
  'unit-new-competitor': {
    group: 'Units',
    does: 'New competitor: a rival not listed',
    where: 'units',
    keys: ['R'],
  },
  'unit-undo': { group: 'Units', does: 'Undo', where: 'units', keys: ['U'] },
  'back-to-text': { group: 'Units', does: 'Back to the text', where: 'units', keys: ['T'] },
  'finish-open': {
    group: 'Units',
    does: 'Finish now; what is open stays a suggestion',
    where: 'units',
    keys: ['Ctrl+Shift+Enter'],
  },
  // ── Job ──
  finish: {
    group: 'Job',
    does: 'On to the units; there: finish when nothing is open, else on to what is',
    where: 'anywhere',
    keys: ['Ctrl+Enter'],
  },
  menu: {
    group: 'Job',
    does: 'More: release, close, texts put aside and the rest',
    where: 'anywhere',
    keys: ['Ctrl+K'],
  },
  // ── Help ──
  keys: {
    group: 'Help',
    does: 'All keys; change them there',
    where: 'anywhere',
    keys: ['F1', 'Ctrl+/', '?'],
    presets: { otranscribe: ['Ctrl+/', '?', 'Shift+F1'] },
  },
  'style-guide': {
    group: 'Help',
    does: 'House style guide, at what fits here',
    where: 'text',
    keys: ['Shift+F1'],
    presets: { otranscribe: ['Ctrl+F1'] },
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandId = keyof typeof TABLE;

export const COMMANDS: Readonly<Record<CommandId, Command>> = TABLE;

export const COMMAND_IDS = Object.keys(TABLE) as readonly CommandId[];

/** The keys of a command in a preset. */
export function presetKeys(preset: PresetId, id: CommandId): readonly string[] {
  const command = COMMANDS[id];
  return (preset === 'dictaline' ? null : command.presets?.[preset]) ?? command.keys;
}
