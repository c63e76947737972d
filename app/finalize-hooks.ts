import { enqueueReport } from '../crm-sync/outbox/enqueue-report.ts';
import { createWakeDelivery } from '../crm-sync/start-crm-sync.ts';
import { countReport } from '../insight/counts/count-report.ts';
import type { Platform } from '../platform/platform.ts';
import { writeContribution } from '../proposals/write-contribution-text.ts';
import { setAnswerText } from '../surveys/set-answer-text.ts';
import { sampleOrCompare, sampleReport } from '../transcription/accuracy/hooks.ts';
import { createWakeAlignment } from '../transcription/alignment/wake-alignment.ts';
import { followCodebook } from '../transcription/codebook/follow-codebook.ts';
import { chooseForSecondCoding } from '../transcription/coding/double/choose-report.ts';
import type { FinalizeHooks } from '../transcription/reports/finalize-job.ts';

/** What other domains do when a report is finalized or corrected: within its transaction, and after its commit. */
export function createFinalizeHooks(
  platform: Pick<Platform, 'config' | 'database' | 'queues'>,
): FinalizeHooks {
  return {
    afterFinalize: [
      followCodebook,
      enqueueReport,
      countReport,
      chooseForSecondCoding(platform.config.secret),
      sampleReport(platform.config.secret),
    ],
    afterTranscript: [setAnswerText, writeContribution, sampleOrCompare(platform.config.secret)],
    afterCommit: [createWakeDelivery(platform), createWakeAlignment(platform)],
  };
}
