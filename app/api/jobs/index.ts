import type { Endpoint } from '../api.ts';
import { analyzeDraftEndpoint } from './analyze-draft.ts';
import { askSpeakerEndpoint } from './ask-speaker.ts';
import { claimJobEndpoint } from './claim-job.ts';
import { closeJobEndpoint } from './close-job.ts';
import { finalizeJobEndpoint } from './finalize-job.ts';
import { getJobEndpoint } from './get-job.ts';
import { heartbeatEndpoint } from './heartbeat.ts';
import { jobHistoryEndpoint, jobVersionEndpoint } from './history.ts';
import { holdJobEndpoint } from './hold-job.ts';
import { jobVocabularyEndpoint } from './job-vocabulary.ts';
import { listDoubtsEndpoint } from './list-doubts.ts';
import { listJobsEndpoint } from './list-jobs.ts';
import { markDoubtEndpoint } from './mark-doubt.ts';
import { releaseJobEndpoint } from './release-job.ts';
import { removeDoubtEndpoint } from './remove-doubt.ts';
import { resolveDoubtEndpoint } from './resolve-doubt.ts';
import { saveDraftEndpoint } from './save-draft.ts';

export const jobEndpoints: Endpoint[] = [
  listJobsEndpoint,
  claimJobEndpoint,
  getJobEndpoint,
  jobVocabularyEndpoint,
  heartbeatEndpoint,
  saveDraftEndpoint,
  jobHistoryEndpoint,
  jobVersionEndpoint,
  analyzeDraftEndpoint,
  listDoubtsEndpoint,
  markDoubtEndpoint,
  askSpeakerEndpoint,
  resolveDoubtEndpoint,
  removeDoubtEndpoint,
  holdJobEndpoint,
  finalizeJobEndpoint,
  releaseJobEndpoint,
  closeJobEndpoint,
];
