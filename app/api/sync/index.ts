import type { Endpoint } from '../api.ts';
import { deliverAnewEndpoint } from './deliver-anew.ts';
import { getFlowEndpoint } from './get-flow.ts';
import { listEntriesEndpoint } from './list-entries.ts';
import { listProblemGroupsEndpoint } from './list-problem-groups.ts';
import { listProblemsEndpoint } from './list-problems.ts';
import { previewUndoEndpoint } from './preview-undo.ts';
import { retryEntryEndpoint } from './retry-entry.ts';
import { settleConflictEndpoint } from './settle-conflict.ts';
import { settleProblemGroupEndpoint } from './settle-problem-group.ts';
import { undoReportEndpoint } from './undo-report.ts';

export const syncEndpoints: Endpoint[] = [
  getFlowEndpoint,
  listEntriesEndpoint,
  listProblemsEndpoint,
  listProblemGroupsEndpoint,
  settleProblemGroupEndpoint,
  retryEntryEndpoint,
  settleConflictEndpoint,
  previewUndoEndpoint,
  undoReportEndpoint,
  deliverAnewEndpoint,
];
