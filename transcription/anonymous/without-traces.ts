import type { Platform } from '../../platform/platform.ts';

type Traceable = Pick<Platform, 'log' | 'queues'>;

const forgotten = () => undefined;

/**
 * The same platform for work on what was said to a survey. Its log leaves out which row it was about, because a line
 * in a log has a time; its queue takes nothing, because a queue keeps ids beside times. Whoever works with it goes on
 * by itself and leaves the rest to a schedule.
 */
export function withoutTraces<P extends Traceable>(platform: P): P {
  const log = platform.log.child(
    {},
    {
      serializers: {
        recordingId: forgotten,
        dictationId: forgotten,
        continuationId: forgotten,
        jobId: forgotten,
        objectKey: forgotten,
        err: (error: unknown) => ({ type: error instanceof Error ? error.name : typeof error }),
      },
    },
  );
  const queues = { ...platform.queues, wake: async () => {}, wakeMany: async () => {} };
  return { ...platform, log, queues };
}
