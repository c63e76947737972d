import { enqueueReviewed } from '../crm-sync/outbox/enqueue-reviewed.ts';
import { createWakeDelivery } from '../crm-sync/start-crm-sync.ts';
import { countReport } from '../insight/counts/count-report.ts';
import type { Platform } from '../platform/platform.ts';
import type { ReviewHooks } from '../transcription/reports/review/review-report.ts';

/** What other domains do when a finished report is reviewed: within its transaction, and after its commit. */
export function createReviewHooks(platform: Pick<Platform, 'database' | 'queues'>): ReviewHooks {
  return { afterReview: [enqueueReviewed, countReport], afterCommit: [createWakeDelivery(platform)] };
}
