import type { Endpoint } from '../api.ts';
import { addReplyEndpoint } from './add-reply.ts';
import { completeStepEndpoint } from './complete-step.ts';
import { correctReportEndpoint } from './correct-report.ts';
import { flagReportEndpoint } from './flag-report.ts';
import { handOverFlagEndpoint, listFlagsEndpoint, settleFlagEndpoint } from './flags.ts';
import { getReportEndpoint } from './get-report.ts';
import { getReviewEndpoint, getReviewNamesEndpoint } from './get-review.ts';
import { listReportsEndpoint } from './list-reports.ts';
import { markReadEndpoint } from './mark-read.ts';
import { reviewReportEndpoint } from './review-report.ts';

export const reportEndpoints: Endpoint[] = [
  listReportsEndpoint,
  getReportEndpoint,
  markReadEndpoint,
  addReplyEndpoint,
  flagReportEndpoint,
  listFlagsEndpoint,
  settleFlagEndpoint,
  handOverFlagEndpoint,
  completeStepEndpoint,
  correctReportEndpoint,
  getReviewEndpoint,
  getReviewNamesEndpoint,
  reviewReportEndpoint,
];
