import { startImports } from '../crm-sync/import/start-import.ts';
import { forgetReports } from '../crm-sync/ledger/forget-reports.ts';
import { forgetFindings } from '../crm-sync/reconciliation/forget-findings.ts';
import { startReconciliations } from '../crm-sync/reconciliation/start-reconciliation.ts';
import { startCrmSync } from '../crm-sync/start-crm-sync.ts';
import type { IvrJoints } from '../ivr/register-ivr.ts';
import { startIvrWorkers } from '../ivr/register-ivr.ts';
import type { Platform } from '../platform/platform.ts';
import { startProposalWorkers } from '../proposals/workers.ts';
import { startSurveys } from '../surveys/start-surveys.ts';
import { startCodeLearning } from '../transcription/code-learning/workers.ts';
import { startCodebookWorkers } from '../transcription/codebook/workers.ts';
import { registerTranscriptionMetrics } from '../transcription/job-metrics.ts';
import { startRetention } from '../transcription/retention/workers.ts';
import { startTranscriptionWorkers } from '../transcription/workers.ts';
import { createPhoneJoints } from './phone-joints.ts';
import { recodeHooks } from './recode-hooks.ts';

/** Starts all background work. It ends with `platform.queues.close()`, which finishes or returns what is under way. */
export async function startWorkers(
  platform: Platform,
  joints: IvrJoints = createPhoneJoints(platform.config),
): Promise<void> {
  registerTranscriptionMetrics(platform);
  await startTranscriptionWorkers(platform, { carrierMedia: joints.carrier });
  await startCodebookWorkers(platform, recodeHooks);
  await startCodeLearning(platform);
  await startIvrWorkers(platform, joints);
  await startCrmSync(platform);
  await startImports(platform);
  await startReconciliations(platform);
  await startProposalWorkers(platform);
  await startSurveys(platform);
  await startRetention(platform, { forget: [forgetReports, forgetFindings] });
}
