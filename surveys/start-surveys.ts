import type { Platform } from '../platform/platform.ts';
import { finishResponses } from './finish-responses.ts';
import { shuffleResponses } from './shuffle-responses.ts';
import { finishResponsesTask, shuffleResponsesTask } from './tasks.ts';

/** Nobody is woken for a survey: a queue would keep when. */
const FINISH_EVERY_MS = 15_000;
const SHUFFLE_EVERY_MS = 3_600_000;

/** Takes up the background work of surveys. `queues.close()` ends it. */
export async function startSurveys(
  platform: Pick<Platform, 'clock' | 'config' | 'database' | 'log' | 'queues'>,
): Promise<void> {
  const { queues } = platform;
  await queues.work(finishResponsesTask, async () => {
    await finishResponses(platform);
  });
  await queues.work(shuffleResponsesTask, async () => {
    await shuffleResponses(platform);
  });
  await queues.schedule(finishResponsesTask, FINISH_EVERY_MS);
  await queues.schedule(shuffleResponsesTask, SHUFFLE_EVERY_MS);
}
