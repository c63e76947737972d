import type { Platform } from '../../platform/platform.ts';
import { alignReport } from './align-report.ts';
import { findSynthesizer } from './speech-synthesizer.ts';
import { alignReportTask, sweepAlignmentTask } from './tasks.ts';
import { sweepAlignment } from './wake-alignment.ts';

const SWEEP_EVERY_MS = 60_000;

/**
 * Listens to finished reports where the machine has a speech synthesizer; where it has none the places stay those of
 * the typing, and a machine that has one takes them up within minutes.
 */
export async function startAlignment(
  platform: Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'metrics' | 'objects' | 'queues'>,
): Promise<void> {
  const { metrics, queues } = platform;
  const aligned = metrics.counter('reports_aligned_total', 'Alignments of text and audio, by outcome', [
    'outcome',
  ]);
  // One at a time: nobody waits for it, and it takes all of a processor.
  await queues.work(
    alignReportTask,
    async ({ reportId }) => {
      const synthesizerFor = await findSynthesizer();
      if (!synthesizerFor) return;
      const outcome = await alignReport(platform, synthesizerFor, reportId);
      if (outcome !== 'nothing') aligned.inc({ outcome });
    },
    { concurrency: 1 },
  );
  await queues.work(sweepAlignmentTask, async () => {
    if (await findSynthesizer()) await sweepAlignment(platform);
  });
  await queues.schedule(sweepAlignmentTask, SWEEP_EVERY_MS);
}
