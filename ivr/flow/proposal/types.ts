/** Steps of a proposal. */
export type ProposalStep = never;

/** What a call on a proposal line remembers; null on other lines. */
export interface ProposalState {
  proposal: null;
}

export type ProposalInput = never;
export type ProposalEffect = never;
export type ProposalQuestion = never;
