import { alignWords } from '../words/align-words.ts';
import { normalizeWords } from '../words/normalize-words.ts';

/** Errors of one typing at the places where two differed, against what is said there. */
export interface JudgedPlace {
  /** What this side has there, and what is said; as written. */
  typed: string;
  right: string;
  /** Either will do. */
  isAcceptable: boolean;
  critical: boolean;
}

export interface ErrorCount {
  substitutions: number;
  deletions: number;
  insertions: number;
  /** Errors of the score: one for each place, the same error again counted once. */
  critical: number;
  nonCritical: number;
  /** 100 − 3 × critical − 1 × nonCritical; never below 0. */
  score: number;
}

/**
 * The score of the Association for Healthcare Documentation Integrity (2010): a document begins with 100, whatever its
 * length; a critical error costs 3, another 1, the same error again nothing; 98 passes, so one critical error fails.
 */
const CRITICAL_COST = 3;
const NON_CRITICAL_COST = 1;
export const PASS_SCORE = 98;

/** The same mistake again has the same pattern: its words without case and punctuation. */
export function patternOf(typed: string, right: string): string {
  const keys = (text: string) =>
    normalizeWords(text)
      .map(({ key }) => key)
      .join(' ');
  return `${keys(typed)} → ${keys(right)}`;
}

/** Whether this side has another word there than what is said. */
export function isError({ typed, right, isAcceptable }: JudgedPlace): boolean {
  if (isAcceptable) return false;
  const [a = '', b = ''] = patternOf(typed, right).split(' → ');
  return a !== b;
}

/**
 * Counts words (substitutions, deletions, insertions: the numerator of the word error rate) and errors of the score
 * of one typing. Pure.
 */
export function countErrors(places: readonly JudgedPlace[]): ErrorCount {
  const wrong = places.filter(isError);
  const total = { substitutions: 0, deletions: 0, insertions: 0 };
  const kinds = new Map<string, boolean>();
  for (const { typed, right, critical } of wrong) {
    // From what is said to what was typed: a word of it that is missing is a deletion.
    const edits = alignWords(
      normalizeWords(right).map(({ key }) => key),
      normalizeWords(typed).map(({ key }) => key),
    );
    total.substitutions += edits.substitutions;
    total.deletions += edits.deletions;
    total.insertions += edits.insertions;
    const pattern = patternOf(typed, right);
    kinds.set(pattern, (kinds.get(pattern) ?? false) || critical);
  }
  const critical = [...kinds.values()].filter(Boolean).length;
  const nonCritical = kinds.size - critical;
  const score = Math.max(0, 100 - CRITICAL_COST * critical - NON_CRITICAL_COST * nonCritical);
  return { ...total, critical, nonCritical, score };
}
