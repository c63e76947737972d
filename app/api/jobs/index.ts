import type { Endpoint } from '../api.ts';
import { analyzeDraftEndpoint } from './analyze-draft.ts';
import { claimJobEndpoint } from './claim-job.ts';
import { closeJobEndpoint } from './close-job.ts';
import { finalizeJobEndpoint } from './finalize-job.ts';
import { getJobEndpoint } from './get-job.ts';
import { heartbeatEndpoint } from './heartbeat.ts';
import { jobVocabularyEndpoint } from './job-vocabulary.ts';
import { listJobsEndpoint } from './list-jobs.ts';
import { releaseJobEndpoint } from './release-job.ts';
import { saveDraftEndpoint } from './save-draft.ts';

export const jobEndpoints: Endpoint[] = [
  listJobsEndpoint,
  claimJobEndpoint,
  getJobEndpoint,
  jobVocabularyEndpoint,
  heartbeatEndpoint,
  saveDraftEndpoint,
  analyzeDraftEndpoint,
  finalizeJobEndpoint,
  releaseJobEndpoint,
  closeJobEndpoint,
];
