import { hasTime } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { settleDictationTask } from '../../transcription/dictations/tasks.ts';
import { tellAnsweredTask } from '../../transcription/doubts/tasks.ts';
import { copyRecordingTask } from '../../transcription/ingest/tasks.ts';

/** Whom to wake once the transaction has committed. */
export interface Wakes {
  recordingIds: Set<string>;
  dictationIds: Set<string>;
  /** Their speakers have given up. */
  doubtIds: Set<string>;
}

export function noWakes(): Wakes {
  return { recordingIds: new Set(), dictationIds: new Set(), doubtIds: new Set() };
}

/**
 * Resolves when all are woken. Nobody is woken for what is said to a survey (its ids have no time in them): a queue
 * would keep the id beside a time. A sweep looks after it.
 */
export async function wakeAll({ queues }: Pick<Platform, 'queues'>, wakes: Wakes): Promise<void> {
  await Promise.all([
    queues.wakeMany(
      copyRecordingTask,
      [...wakes.recordingIds]
        .filter(hasTime)
        .map((recordingId) => ({ payload: { recordingId }, key: recordingId })),
    ),
    queues.wakeMany(
      settleDictationTask,
      [...wakes.dictationIds]
        .filter(hasTime)
        .map((dictationId) => ({ payload: { dictationId }, key: dictationId })),
    ),
    queues.wakeMany(
      tellAnsweredTask,
      [...wakes.doubtIds].map((doubtId) => ({ payload: { doubtId }, key: doubtId })),
    ),
  ]);
}

/** Wakes workers while the carrier has its answer already. */
export interface Waker {
  wake(wakes: Wakes): void;
  /** Everything asked for so far is done or given up. */
  settled(): Promise<void>;
}

/**
 * The rows are committed when this is asked, and sweeps find what nobody was woken for; so the caller on the line
 * doesn't wait for the queue, and a queue that fails costs a minute and no call. One batch at a time: what is asked
 * for meanwhile is the next one, so that a rush costs few statements.
 */
export function createWaker(platform: Pick<Platform, 'log' | 'queues'>): Waker {
  let asked = noWakes();
  let waking: Promise<void> | null = null;

  async function wakeAsked(): Promise<void> {
    while (asked.recordingIds.size + asked.dictationIds.size + asked.doubtIds.size > 0) {
      const batch = asked;
      asked = noWakes();
      await wakeAll(platform, batch).catch((err) =>
        platform.log.warn({ err }, 'workers not woken; the sweep will'),
      );
    }
    waking = null;
  }

  return {
    wake({ recordingIds, dictationIds, doubtIds }) {
      for (const id of recordingIds) asked.recordingIds.add(id);
      for (const id of dictationIds) asked.dictationIds.add(id);
      for (const id of doubtIds) asked.doubtIds.add(id);
      // With nothing asked for it would be over before it is noted here as under way, and none would begin again.
      if (asked.recordingIds.size + asked.dictationIds.size + asked.doubtIds.size > 0) waking ??= wakeAsked();
    },
    async settled() {
      await waking;
    },
  };
}
