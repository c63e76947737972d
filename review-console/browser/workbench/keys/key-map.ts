/**
 * Keys of the workbench. None that a browser, a desktop or a screen reader keeps for itself: no Ctrl+W, T, N or Tab,
 * no F5, F6, F11, F12, no Alt with a letter.
 */
export type TypingCommand =
  | 'play'
  | 'back'
  | 'forward'
  | 'again-slower'
  | 'slower'
  | 'faster'
  | 'next-name'
  | 'insert-name'
  | 'mark-unclear'
  | 'next-unclear'
  | 'hear-answer'
  | 'menu'
  | 'finish'
  | 'save'
  | 'keys';

export interface KeyLine {
  keys: readonly string[];
  does: string;
}

const TYPING: readonly (readonly [command: TypingCommand, keys: readonly string[], does: string])[] = [
  ['play', ['Escape', 'F8'], 'Play and pause; resumes a small step back'],
  ['back', ['F2'], 'Back 3 seconds'],
  ['forward', ['F4'], 'Forward 3 seconds'],
  ['again-slower', ['F7'], 'The last 5 seconds again, slower'],
  ['slower', ['F9', 'Ctrl+Shift+<'], 'Slower'],
  ['faster', ['F10', 'Ctrl+Shift+>'], 'Faster'],
  ['next-name', ['F3'], 'Next name that sounds like it'],
  ['insert-name', ['Tab'], 'Put the marked name in'],
  ['mark-unclear', ['Ctrl+M'], 'Mark as unclear, or ask the speaker: selection, or word at the cursor'],
  ['next-unclear', ['Ctrl+.'], 'Next unclear passage, with its audio'],
  ['hear-answer', ['Shift+F8'], 'What the speaker answered'],
  ['save', ['Ctrl+S'], 'Save now (it saves by itself, too)'],
  ['menu', ['Ctrl+K'], 'Release, close, back-step and the rest'],
  ['finish', ['Ctrl+Enter'], 'Finish: on to the units'],
  ['keys', ['F1'], 'This list'],
];

export const TYPING_KEYS: readonly KeyLine[] = TYPING.map(([, keys, does]) => ({
  keys: keys.map((key) => (key === 'Escape' ? 'Esc' : key)),
  does,
}));

export const REVIEW_KEYS: readonly KeyLine[] = [
  { keys: ['Enter'], does: 'Accept, on to the next open one' },
  { keys: ['j', '↓'], does: 'Next' },
  { keys: ['k', '↑'], does: 'Previous' },
  { keys: ['Space'], does: 'Play this unit; again to stop' },
  { keys: ['c'], does: 'Code: choose others' },
  { keys: ['s'], does: 'Split' },
  { keys: ['m'], does: 'Merge with the next' },
  { keys: ['v'], does: 'Values: change, add, remove' },
  { keys: ['n'], does: 'Next step: who, what, when' },
  { keys: ['a'], does: 'Account' },
  { keys: ['p'], does: 'People met' },
  { keys: ['d'], does: 'Date and kind of the meeting' },
  { keys: ['u'], does: 'Undo' },
  { keys: ['t'], does: 'Back to the text' },
  { keys: ['Ctrl+Enter'], does: 'Finish when nothing is open; else on to what is' },
  { keys: ['Ctrl+Shift+Enter'], does: 'Finish now; what is open stays a suggestion' },
  { keys: ['Shift+F8'], does: 'What the speaker answered' },
  { keys: ['Esc', 'F8', 'F2', 'F4', 'F9', 'F10'], does: 'Audio, as while typing' },
];

/** "Ctrl+Shift+Enter": a pressed key as the map writes it. The Mac's command key counts as Ctrl. */
export function nameOfKey(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && (parts.length > 0 || event.key.length > 1)) parts.push('Shift');
  return [...parts, key].join('+');
}

const BY_KEY = new Map(TYPING.flatMap(([command, keys]) => keys.map((key) => [key, command] as const)));

/** The command of a pressed key while the text has the focus; null when it is just typing. */
export function typingCommand(event: Parameters<typeof nameOfKey>[0]): TypingCommand | null {
  return BY_KEY.get(nameOfKey(event)) ?? null;
}
