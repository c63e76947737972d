import type { Platform } from '../../platform/platform.ts';
import { sweepMergedCodes } from './follow-codebook.ts';
import type { RecodeHooks } from './recode-units.ts';
import { sweepMergedCodesTask } from './tasks.ts';

const SWEEP_EVERY_MS = 60_000;

/** Takes up the sweep behind a change of the codebook. `queues.close()` ends it. */
export async function startCodebookWorkers(
  platform: Pick<Platform, 'database' | 'queues'>,
  hooks: RecodeHooks,
): Promise<void> {
  await platform.queues.work(sweepMergedCodesTask, async () => {
    await sweepMergedCodes(platform, hooks);
  });
  await platform.queues.schedule(sweepMergedCodesTask, SWEEP_EVERY_MS);
}
