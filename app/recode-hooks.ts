import { enqueueRecoded } from '../crm-sync/outbox/enqueue-recoded.ts';
import { countReports } from '../insight/counts/count-report.ts';
import type { RecodeHooks } from '../transcription/codebook/recode-units.ts';

/** What other domains do when the codebook recodes past units, in its transaction. */
export const recodeHooks: RecodeHooks = {
  afterRecode: [(tx, { reportIds }) => countReports(tx, reportIds), enqueueRecoded],
};
