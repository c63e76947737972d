import type { Platform } from '../../platform/platform.ts';
import { tendCodeModels } from './forget-words.ts';
import { learnFromConfirmed } from './learn-from-confirmed.ts';
import { learnCodesNowTask, learnCodesTask, tendCodeModelsTask } from './tasks.ts';

const LEARN_EVERY_MS = 3_600_000;
const TEND_EVERY_MS = 24 * 3_600_000;

/** Takes up learning from what people confirm; `queues.close()` ends it. */
export async function startCodeLearning(
  platform: Pick<Platform, 'clock' | 'database' | 'log' | 'queues'>,
): Promise<void> {
  const { log, queues } = platform;
  const learn = async (asked: boolean, actorId: string | null, signal: AbortSignal) => {
    const startedAt = performance.now();
    const learned = await learnFromConfirmed(platform, { asked, actorId, signal });
    if (learned.outcome !== 'not_due' && learned.outcome !== 'too_few')
      log.info(
        { ...learned, durationMs: Math.round(performance.now() - startedAt) },
        'learning of codes ended',
      );
    // The next one finds the work as it was.
    if (learned.outcome === 'given_up' || learned.outcome === 'overtaken')
      throw new Error(`learning of codes ${learned.outcome}`);
  };
  await queues.work(learnCodesTask, (_, { signal }) => learn(false, null, signal));
  await queues.work(learnCodesNowTask, ({ actorId }, { signal }) => learn(true, actorId, signal));
  await queues.work(tendCodeModelsTask, async () => {
    const versions = await tendCodeModels(platform);
    if (versions > 0) log.info({ versions }, 'code models lost words that too few say');
  });
  await queues.schedule(learnCodesTask, LEARN_EVERY_MS);
  await queues.schedule(tendCodeModelsTask, TEND_EVERY_MS);
}
