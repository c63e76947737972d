import type { TypingSwitches } from '../../../../transcription/expansions/typing-switches.ts';
import { endsSentence } from '../../../../transcription/house-style/abbreviations.ts';

/** Something that is typed otherwise than the keys were pressed. */
export interface Correction {
  kind: 'expansions' | 'fullStop' | 'capitals' | 'punctuation' | 'dashes';
  /** Where in `before` it begins. */
  start: number;
  removed: string;
  inserted: string;
  /** Of a short form. */
  expansionId?: string;
}

export interface ShortForm {
  id: string;
  shortForm: string;
  text: string;
}

export interface Helping {
  switches: TypingSwitches;
  find(shortForm: string): ShortForm | undefined;
}

/** How far back it is looked: no longer short form, no farther end of a sentence. */
export const LOOK_BACK = 200;

/**
 * What becomes of the last character typed, or null: nothing. `before` is the text up to the caret, the character
 * included, at most LOOK_BACK long; `isStart`: nothing stands before it. Pure.
 */
export function correctionAt(
  before: string,
  typed: string,
  { switches, find }: Helping,
  isStart = false,
): Correction | null {
  if (switches.expansions && BOUNDARY.test(typed)) {
    const expanded = expand(before, typed, find);
    if (expanded) return expanded;
  }
  if (switches.fullStop && typed === ' ') {
    const match = /[\p{L}\p{N}%"')\]]( {2})$/u.exec(before);
    if (match) return { kind: 'fullStop', start: before.length - 2, removed: '  ', inserted: '. ' };
  }
  if (switches.punctuation && /^[,;:?!]$/.test(typed)) {
    const match = /[\p{L}\p{N}%"')\]]( +)[,;:?!]$/u.exec(before);
    if (match) {
      const blanks = match[1] ?? '';
      return {
        kind: 'punctuation',
        start: before.length - 1 - blanks.length,
        removed: blanks + typed,
        inserted: typed,
      };
    }
  }
  if (switches.dashes && /^[\p{L}\p{N}"]$/u.test(typed)) {
    const match = /[\p{L}\p{N}"'.,%)]( ?-- ?)[\p{L}\p{N}"]$/u.exec(before);
    if (match) {
      const dash = match[1] ?? '';
      return { kind: 'dashes', start: before.length - 1 - dash.length, removed: dash, inserted: '—' };
    }
  }
  if (switches.capitals && /^\p{Ll}$/u.test(typed)) {
    const upper = typed.toUpperCase();
    const rest = before.slice(0, -typed.length);
    if (upper.length === typed.length && beginsHere(rest, isStart))
      return { kind: 'capitals', start: rest.length, removed: typed, inserted: upper };
  }
  return null;
}

/** What ends a word: blank, line end, most punctuation. An apostrophe or a hyphen goes on with it. */
const BOUNDARY = /^[\s,.;:!?)"\]”]$/;

function expand(before: string, typed: string, find: Helping['find']): Correction | null {
  const upTo = before.slice(0, before.length - typed.length);
  const token = /(?:^|[\s("“‘[{—–])([^\s("“‘[{—–]{1,24})$/.exec(upTo)?.[1];
  if (!token) return null;
  const found = find(token.toLowerCase());
  const inserted = found && inCaseOf(token, found.text);
  if (!found || inserted === null || inserted === undefined) return null;
  return {
    kind: 'expansions',
    start: upTo.length - token.length,
    removed: token,
    inserted,
    expansionId: found.id,
  };
}

/** The text in the case of what was typed; null for capitals throughout: who types ASAP means ASAP. */
function inCaseOf(token: string, text: string): string | null {
  const letters = token.match(/\p{L}/gu) ?? [];
  if (letters.length > 1 && token === token.toUpperCase()) return null;
  return /^\p{Lu}/u.test(token) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function beginsHere(rest: string, isStart: boolean): boolean {
  const before = rest.replace(/["“(']$/, '');
  if (before.trim() === '') return isStart || before.includes('\n');
  return /\n\s*$/.test(before) || (/\s$/.test(before) && endsSentence(before));
}
