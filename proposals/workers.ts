import type { Platform } from '../platform/platform.ts';
import type { TaskWorker } from '../platform/queue/queue-backend.ts';
import { sweepContributions, sweepContributionsTask } from './sweep-contributions.ts';

const SWEEP_EVERY_MS = 24 * 3_600_000;

/** The sweep of proposals, once a day in one of all processes. Close the workers before the queues. */
export async function startProposalWorkers(
  platform: Pick<Platform, 'clock' | 'database' | 'queues'>,
): Promise<TaskWorker[]> {
  const { queues } = platform;
  const worker = await queues.work(sweepContributionsTask, async () => {
    await sweepContributions(platform);
  });
  await queues.schedule(sweepContributionsTask, SWEEP_EVERY_MS);
  return [worker];
}
