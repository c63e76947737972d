import type { Endpoint } from '../api.ts';
import { changeDueEndpoint } from './change-due.ts';
import { getQueueEndpoint } from './get-queue.ts';
import { handOverEndpoint, whoMayTakeEndpoint } from './hand-over.ts';
import { pauseEndpoint, resumeEndpoint } from './pause.ts';
import { reassignEndpoint } from './reassign.ts';
import { addConflictEndpoint, removeConflictEndpoint, setRequirementsEndpoint } from './rules.ts';
import { seenEndpoint } from './seen.ts';
import {
  createClassEndpoint,
  listClassesEndpoint,
  updateClassEndpoint,
  workingDaysEndpoint,
} from './turnaround.ts';

export const queueEndpoints: Endpoint[] = [
  getQueueEndpoint,
  seenEndpoint,
  whoMayTakeEndpoint,
  handOverEndpoint,
  reassignEndpoint,
  changeDueEndpoint,
  pauseEndpoint,
  resumeEndpoint,
  addConflictEndpoint,
  removeConflictEndpoint,
  setRequirementsEndpoint,
  listClassesEndpoint,
  createClassEndpoint,
  updateClassEndpoint,
  workingDaysEndpoint,
];
