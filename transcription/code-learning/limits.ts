import type { TrainingOptions } from '../thought-units/coding/train-chain.ts';

/** Fewer confirmed units teach nothing that would hold. */
export const FEWEST_UNITS = 200;
/** Fewer reports to be measured on tell nothing about reports to come. */
export const FEWEST_HELD_OUT = 8;
/** So many units confirmed since the last time are worth learning from again. */
export const NEW_UNITS = 200;
/** The newest reports are learned from; older ones tell of a company that is no more. */
export const MOST_REPORTS = 1500;
/** Versions that can be put in force again; of older ones only the figures are kept. */
export const KEPT_VERSIONS = 10;

/**
 * A word is kept in a model only when it was said in so many reports by so many speakers: what only some have said is
 * no general word, and may be a name, or tell who spoke.
 */
export const WORD_SUPPORT = { reports: 5, speakers: 2 };
/** A code of the company's own is learned from so many units in so many reports. */
export const CODE_SUPPORT = { units: 8, reports: 3 };

export const LEARNING: TrainingOptions = { rounds: 60, rate: 0.05, penalty: 4 };
