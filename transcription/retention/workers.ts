import type { Platform } from '../../platform/platform.ts';
import { applyRetention } from './apply-retention.ts';
import type { Forget } from './destroy-text.ts';
import { sweepOrphans } from './sweep-orphans.ts';
import { applyRetentionTask, sweepOrphansTask } from './tasks.ts';

/** Days are counted: an hour more or less is no matter. */
const APPLY_EVERY_MS = 3_600_000;
const SWEEP_EVERY_MS = 24 * 3_600_000;

/** Takes up the work of retention; `queues.close()` ends it. */
export async function startRetention(
  platform: Pick<Platform, 'clock' | 'database' | 'log' | 'objects' | 'queues'>,
  hooks: { forget: readonly Forget[] },
): Promise<void> {
  const { queues, log } = platform;
  await queues.work(applyRetentionTask, async () => {
    await applyRetention(platform, hooks);
  });
  await queues.work(sweepOrphansTask, async () => {
    const objects = await sweepOrphans(platform);
    if (objects > 0) log.info({ objects }, 'audio that nothing pointed to destroyed');
  });
  await queues.schedule(applyRetentionTask, APPLY_EVERY_MS);
  await queues.schedule(sweepOrphansTask, SWEEP_EVERY_MS);
}
