import type { Endpoint } from '../api.ts';
import { planDraftRedactionEndpoint } from './plan-draft-redaction.ts';
import { planReportRedactionEndpoint } from './plan-report-redaction.ts';
import { redactAnswerEndpoint } from './redact-answer.ts';
import { redactDraftEndpoint } from './redact-draft.ts';
import { redactReportEndpoint } from './redact-report.ts';
import { suggestReportRedactionsEndpoint } from './suggest-report-redactions.ts';

export const redactionEndpoints: Endpoint[] = [
  suggestReportRedactionsEndpoint,
  planReportRedactionEndpoint,
  redactReportEndpoint,
  planDraftRedactionEndpoint,
  redactDraftEndpoint,
  redactAnswerEndpoint,
];
