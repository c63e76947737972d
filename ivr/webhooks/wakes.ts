import type { Platform } from '../../platform/platform.ts';
import { settleDictationTask } from '../../transcription/dictations/tasks.ts';
import { copyRecordingTask } from '../../transcription/ingest/tasks.ts';

/** Whom to wake once the transaction has committed. */
export interface Wakes {
  recordingIds: Set<string>;
  dictationIds: Set<string>;
}

export function noWakes(): Wakes {
  return { recordingIds: new Set(), dictationIds: new Set() };
}

/** Resolves when all are woken. */
export async function wakeAll({ queues }: Pick<Platform, 'queues'>, wakes: Wakes): Promise<void> {
  await Promise.all([
    ...[...wakes.recordingIds].map((recordingId) =>
      queues.wake(copyRecordingTask, { recordingId }, { key: recordingId }),
    ),
    ...[...wakes.dictationIds].map((dictationId) =>
      queues.wake(settleDictationTask, { dictationId }, { key: dictationId }),
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
 * doesn't wait for the queue, and a queue that fails costs a minute and no call.
 */
export function createWaker(platform: Pick<Platform, 'log' | 'queues'>): Waker {
  const waking = new Set<Promise<void>>();
  return {
    wake(wakes) {
      if (wakes.recordingIds.size + wakes.dictationIds.size === 0) return;
      const work = wakeAll(platform, wakes)
        .catch((err) => platform.log.warn({ err }, 'workers not woken; the sweep will'))
        .finally(() => waking.delete(work));
      waking.add(work);
    },
    async settled() {
      await Promise.all(waking);
    },
  };
}
