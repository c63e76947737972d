import { proposeCritical } from '../scoring/propose-critical.ts';
import { findDifferences } from '../words/find-differences.ts';
import { normalizeWords, type Word } from '../words/normalize-words.ts';

export interface ComparedPlace {
  firstStart: number;
  firstEnd: number;
  firstText: string;
  secondStart: number;
  secondEnd: number;
  secondText: string;
  critical: boolean;
  criticalReason: string | null;
}

/** Where two typings of one dictation differ, in order. Pure. */
export function compareTexts(first: string, second: string, names: ReadonlySet<string>): ComparedPlace[] {
  const [a, b] = [normalizeWords(first), normalizeWords(second)];
  return findDifferences(a, b).map((difference) => {
    const left = spanOf(a, difference.first);
    const right = spanOf(b, difference.second);
    const reason = proposeCritical(
      {
        first: a.slice(difference.first.from, difference.first.to),
        second: b.slice(difference.second.from, difference.second.to),
      },
      names,
    );
    return {
      firstStart: left.start,
      firstEnd: left.end,
      firstText: first.slice(left.start, left.end),
      secondStart: right.start,
      secondEnd: right.end,
      secondText: second.slice(right.start, right.end),
      critical: reason !== null,
      criticalReason: reason,
    };
  });
}

/** Of no words: the point behind the word before. */
function spanOf(
  words: readonly Word[],
  { from, to }: { from: number; to: number },
): { start: number; end: number } {
  const [begin, last] = [words[from], words[to - 1]];
  if (from < to && begin && last) return { start: begin.start, end: last.end };
  const point = words[from - 1]?.end ?? 0;
  return { start: point, end: point };
}
