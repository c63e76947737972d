/** How the text around a word's beginning is divided: what a speaker makes of it is mostly a pause of such a length. */
export type Division = 'sentence' | 'clause' | 'none';

export interface TextWord {
  start: number;
  end: number;
  /** How long it takes to say, in units of one letter. */
  weight: number;
  /** What stands before it. */
  division: Division;
}

/** A digit is said as a word of its own. */
const DIGIT_WEIGHT = 4;
/** What each word takes apart from its letters. */
const WORD_WEIGHT = 1.5;

/** The words of a text with what is needed to reckon when they are said. Pure. */
export function textWords(text: string): TextWord[] {
  let behind = 0;
  let closes = 0;
  return [...text.matchAll(/\S*[\p{L}\p{N}]\S*/gu)].map((match): TextWord => {
    // What closes the word before (a full stop, perhaps in quotes) belongs to it as text.
    const between = text.slice(closes, match.index);
    const start = match.index;
    const end = start + match[0].length;
    const division = divisionOf(between, behind === 0);
    behind = end;
    closes = end - (/[^\p{L}\p{N}]*$/u.exec(match[0])?.[0].length ?? 0);
    const digits = match[0].match(/\p{N}/gu)?.length ?? 0;
    const letters = match[0].match(/\p{L}/gu)?.length ?? 0;
    return { start, end, weight: WORD_WEIGHT + letters + DIGIT_WEIGHT * digits, division };
  });
}

function divisionOf(between: string, isFirst: boolean): Division {
  if (isFirst || /\n|[.!?]["'’”)]*\s/.test(between)) return 'sentence';
  return /[,;:—–(]|\s-/.test(between) ? 'clause' : 'none';
}
