import type { Change } from '../../../../../transcription/house-style/change.ts';
import type { LineReport, Misspelling } from './wire.ts';

/** Something to be looked at; offsets are of the whole text. */
export type Issue = (Misspelling & { kind: 'misspelling' }) | (Change & { kind: 'house-style' });

/**
 * What is known of a text, in order. A line that has not been looked at has nothing. `left`: what somebody chose to
 * leave as it is. Pure.
 */
export function collectIssues(
  text: string,
  reportOf: (line: string) => LineReport | undefined,
  left: ReadonlySet<string>,
): Issue[] {
  const issues: Issue[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const report = reportOf(line);
    for (const one of report?.misspellings ?? [])
      issues.push({ ...one, kind: 'misspelling', start: from + one.start, end: from + one.end });
    for (const one of report?.changes ?? [])
      issues.push({ ...one, kind: 'house-style', start: from + one.start, end: from + one.end });
    from += line.length + 1;
  }
  return issues.filter((issue) => !left.has(keyOf(issue, text))).sort((a, b) => a.start - b.start);
}

const AROUND = 20;

/** Names an issue by what it says and the words before it, so that it is known again wherever it moves. */
export function keyOf(issue: Issue, text: string): string {
  const what = issue.kind === 'misspelling' ? issue.word : `${issue.rule} ${issue.before}`;
  return `${issue.kind} ${what} ${text.slice(Math.max(0, issue.start - AROUND), issue.start)}`;
}

/** The next one behind an offset, else the first. Pure. */
export function issueAfter(issues: readonly Issue[], offset: number): Issue | undefined {
  return issues.find(({ start }) => start >= offset) ?? issues[0];
}
