import type { Endpoint } from '../api.ts';
import { getFlowEndpoint } from './get-flow.ts';
import { listEntriesEndpoint } from './list-entries.ts';
import { listProblemsEndpoint } from './list-problems.ts';
import { retryEntryEndpoint } from './retry-entry.ts';
import { settleConflictEndpoint } from './settle-conflict.ts';

export const syncEndpoints: Endpoint[] = [
  getFlowEndpoint,
  listEntriesEndpoint,
  listProblemsEndpoint,
  retryEntryEndpoint,
  settleConflictEndpoint,
];
