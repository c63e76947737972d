import type { PromiseFacts, ReportFacts } from './facts.ts';
import type { Quote } from './quote-unit.ts';

/** What a briefing is made of, in the order in which it is told. */
export const KINDS = [
  'meeting',
  'promised_by_us',
  'promised_by_them',
  'complaint',
  'competitor',
  'price',
  'background',
] as const;
export type BriefingKind = (typeof KINDS)[number];

/** One thing that may be told, not yet in words. */
export interface ChosenFact {
  kind: BriefingKind;
  isConfirmed: boolean;
  /** Null: there is none left (a next step that was typed in by itself). */
  report: ReportFacts | null;
  /** A meeting has none. */
  quote: Quote | null;
  promise: PromiseFacts | null;
  /** Code that made it be told. */
  code: string | null;
}
