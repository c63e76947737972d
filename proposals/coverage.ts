import type { ProposalDetail } from './get-proposal.ts';

type Contribution = ProposalDetail['sections'][number]['contributions'][number];

/** What there is of a section, or of several together. */
export interface Coverage {
  contributions: number;
  /** People, each counted once. */
  contributors: number;
  /** Of what was dictated, as far as it is known. */
  seconds: number;
  words: number;
  /** Contributions of which something is not typed yet. */
  waiting: number;
}

export const countWords = (text: string | null) => text?.match(/\S+/g)?.length ?? 0;

export const isWaiting = ({ text, dictations }: Pick<Contribution, 'text' | 'dictations'>) =>
  text === null || dictations.some(({ isTyped }) => !isTyped);

export function coverageOf(contributions: readonly Contribution[]): Coverage {
  const sum = (of: (one: Contribution) => number) => contributions.reduce((total, one) => total + of(one), 0);
  return {
    contributions: contributions.length,
    contributors: new Set(contributions.map(({ contributor }) => contributor.id)).size,
    seconds: sum(({ dictations }) =>
      dictations.reduce((s, { durationSeconds }) => s + (durationSeconds ?? 0), 0),
    ),
    words: sum(({ text }) => countWords(text)),
    waiting: contributions.filter(isWaiting).length,
  };
}
