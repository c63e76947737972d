import type { ReviewDecision } from '../../../transcription/reports/review/review-input.ts';
import { Refused, type ReviewApi } from './review-api.ts';

export type SenderState =
  | 'saved'
  | 'saving'
  /** Not reachable: kept here, tried again. */
  | 'waiting'
  | { refused: string };

export interface ReviewSender {
  send(changes: readonly ReviewDecision[]): void;
  /** Nothing is on its way. */
  readonly isIdle: boolean;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Sends decisions one after the other, each until the server has it: a request that got lost is sent again under its own
 * id, which changes nothing twice. A refused one takes those behind it along, because they were made on what it showed.
 */
export function createReviewSender(
  api: ReviewApi,
  startRevision: () => number,
  onState: (state: SenderState, revision: number | null) => void,
): ReviewSender {
  const queue: { requestId: string; changes: readonly ReviewDecision[] }[] = [];
  let isSending = false;
  let revision: number | null = null;

  async function drain(): Promise<void> {
    if (isSending) return;
    isSending = true;
    revision = startRevision();
    let waitMs = FIRST_WAIT_MS;
    for (let next = queue[0]; next; next = queue[0]) {
      onState('saving', null);
      try {
        const answer = await api.decide({ revision, ...next });
        revision = answer.revision;
        waitMs = FIRST_WAIT_MS;
        queue.shift();
      } catch (error) {
        if (error instanceof Refused) {
          queue.length = 0;
          isSending = false;
          onState({ refused: error.message }, null);
          return;
        }
        onState('waiting', null);
        const pause = waitMs;
        await new Promise((resolve) => setTimeout(resolve, pause));
        waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
      }
    }
    isSending = false;
    onState('saved', revision);
  }

  return {
    send(changes) {
      queue.push({ requestId: crypto.randomUUID(), changes });
      void drain();
    },
    get isIdle() {
      return !isSending && queue.length === 0;
    },
  };
}
