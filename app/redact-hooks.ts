import { scrubReport } from '../crm-sync/ledger/scrub-report.ts';
import { scrubFindings } from '../crm-sync/reconciliation/forget-findings.ts';
import type { Platform } from '../platform/platform.ts';
import { scrubCodeModels } from '../transcription/code-learning/forget-words.ts';
import type { RedactHooks } from '../transcription/redaction/redacting.ts';
import { scrubFoundNames } from '../transcription/vocabulary/scrub-found-names.ts';
import { createFinalizeHooks } from './finalize-hooks.ts';

/** What other domains do when a report is redacted: what they do at a correction, and forget the words themselves. */
export function createRedactHooks(platform: Pick<Platform, 'config' | 'database' | 'queues'>): RedactHooks {
  return {
    ...createFinalizeHooks(platform),
    scrub: [scrubReport, scrubFindings, scrubFoundNames, scrubCodeModels],
  };
}
