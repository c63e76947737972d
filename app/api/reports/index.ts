import type { Endpoint } from '../api.ts';
import { addReplyEndpoint } from './add-reply.ts';
import { completeStepEndpoint } from './complete-step.ts';
import { correctReportEndpoint } from './correct-report.ts';
import { flagReportEndpoint } from './flag-report.ts';
import { getReportEndpoint } from './get-report.ts';
import { listReportsEndpoint } from './list-reports.ts';
import { markReadEndpoint } from './mark-read.ts';

export const reportEndpoints: Endpoint[] = [
  listReportsEndpoint,
  getReportEndpoint,
  markReadEndpoint,
  addReplyEndpoint,
  flagReportEndpoint,
  completeStepEndpoint,
  correctReportEndpoint,
];
