/** What is known of one person's work on one job, in order of time. */
export interface WorkSign {
  kind: 'begin' | 'sign' | 'end';
  at: Date;
}

/** Nothing done for longer than this is no work: a telephone rang, a coffee. So much of a longer gap counts. */
export const IDLE_AFTER_MS = 3 * 60_000;

/**
 * How long somebody worked on a job, in milliseconds: from each claim to its end (finished, closed, given back, put on
 * hold, lost), in which each stretch without a saved word counts for IDLE_AFTER_MS at most. A claim of which no end is
 * known counts up to its last sign. Pure.
 */
export function workedMs(signs: readonly WorkSign[]): number {
  const ordered = signs.toSorted((a, b) => a.at.getTime() - b.at.getTime() || order(a) - order(b));
  let sum = 0;
  let last: number | null = null;
  for (const { kind, at } of ordered) {
    const now = at.getTime();
    // A second claim of the same person (another window) goes on with the first.
    if (last !== null) sum += Math.min(now - last, IDLE_AFTER_MS);
    if (kind === 'end') last = null;
    else if (kind === 'begin' || last !== null) last = now;
  }
  return sum;
}

const ORDER = { begin: 0, sign: 1, end: 2 };
const order = ({ kind }: WorkSign) => ORDER[kind];
