import type { Endpoint } from './api.ts';
import { lineEndpoints } from './lines/index.ts';
import { proposalEndpoints } from './proposals/index.ts';
import { surveyEndpoints } from './surveys/index.ts';
import { userEndpoints } from './users/index.ts';

/** Every endpoint of `/api/v1`, in the order in which the documentation shows them. */
export const endpoints: Endpoint[] = [
  ...userEndpoints,
  ...lineEndpoints,
  ...surveyEndpoints,
  ...proposalEndpoints,
];
