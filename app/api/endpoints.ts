import type { Endpoint } from './api.ts';
import { surveyEndpoints } from './surveys/index.ts';

/** Every endpoint of `/api/v1`, in the order in which the documentation shows them. */
export const endpoints: Endpoint[] = [...surveyEndpoints];
