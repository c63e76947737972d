import type { Review } from './review/review.ts';
import type { Typed } from './text/typing.ts';

/** What the parts of an open workbench share, and change. */
export interface Work {
  typed: Typed;
  review: Review | null;
  leaseToken: string;
  /** Another window writes, or the job is done with: nothing is sent any more. */
  stopped: boolean;
  /** The job is being finished or given up: what is sent beside that only finds it gone. */
  isLeaving: boolean;
}

/**
 * Does what takes the job from this window; beside it nothing is typed or saved. Where that fails, which is passed on,
 * typing goes on.
 */
export async function leaving(
  work: Work,
  field: HTMLTextAreaElement,
  act: () => Promise<void>,
): Promise<void> {
  if (work.isLeaving || work.stopped) return;
  work.isLeaving = true;
  field.readOnly = true;
  try {
    await act();
  } catch (error) {
    work.isLeaving = false;
    field.readOnly = work.stopped;
    throw error;
  }
}
