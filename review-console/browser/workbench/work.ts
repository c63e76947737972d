import type { Review } from './review/review.ts';
import type { Typed } from './text/typing.ts';

/** What the parts of an open workbench share, and change. */
export interface Work {
  typed: Typed;
  review: Review | null;
  leaseToken: string;
  /** Another window writes, or the job is done with: nothing is sent any more. */
  stopped: boolean;
  /** The server is making the report of it: what is sent beside that only finds the job gone. */
  isFinishing: boolean;
}
