import { accuracyEndpoints } from './accuracy/index.ts';
import type { Endpoint } from './api.ts';
import { audioEndpoints } from './audio/index.ts';
import { codebookEndpoints } from './codebook/index.ts';
import { codingEndpoints } from './coding/index.ts';
import { connectionEndpoints } from './connections/index.ts';
import { crmEndpoints } from './crm/index.ts';
import { dictationEndpoints } from './dictations/index.ts';
import { expansionEndpoints } from './expansions/index.ts';
import { jobEndpoints } from './jobs/index.ts';
import { lineEndpoints } from './lines/index.ts';
import { mappingEndpoints } from './mappings/index.ts';
import { preferencesEndpoints } from './preferences/index.ts';
import { proposalEndpoints } from './proposals/index.ts';
import { questionEndpoints } from './questions/index.ts';
import { queueEndpoints } from './queue/index.ts';
import { recordingEndpoints } from './recordings/index.ts';
import { redactionEndpoints } from './redactions/index.ts';
import { reportFieldEndpoints } from './report-fields/index.ts';
import { reportEndpoints } from './reports/index.ts';
import { searchEndpoints } from './search/index.ts';
import { styleGuideEndpoints } from './style-guide/index.ts';
import { surveyEndpoints } from './surveys/index.ts';
import { syncEndpoints } from './sync/index.ts';
import { userEndpoints } from './users/index.ts';
import { vocabularyEndpoints } from './vocabulary/index.ts';

/** Every endpoint of `/api/v1`, in the order in which the documentation shows them. */
export const endpoints: Endpoint[] = [
  ...userEndpoints,
  ...preferencesEndpoints,
  ...lineEndpoints,
  ...vocabularyEndpoints,
  ...codebookEndpoints,
  ...reportFieldEndpoints,
  ...codingEndpoints,
  ...dictationEndpoints,
  ...recordingEndpoints,
  ...audioEndpoints,
  ...jobEndpoints,
  ...accuracyEndpoints,
  ...queueEndpoints,
  ...expansionEndpoints,
  ...styleGuideEndpoints,
  ...reportEndpoints,
  ...redactionEndpoints,
  ...questionEndpoints,
  ...searchEndpoints,
  ...surveyEndpoints,
  ...proposalEndpoints,
  ...connectionEndpoints,
  ...crmEndpoints,
  ...syncEndpoints,
  ...mappingEndpoints,
];
