import type { Endpoint } from '../api.ts';
import { decideDifferenceEndpoint } from './decide-difference.ts';
import { getCheckEndpoint } from './get-check.ts';
import { getOwnFiguresEndpoint, getTeamFiguresEndpoint } from './get-figures.ts';
import { listChecksEndpoint } from './list-checks.ts';
import { listMistakesEndpoint } from './list-mistakes.ts';
import { getSamplingEndpoint, putSamplingEndpoint } from './sampling.ts';
import { seeMistakeEndpoint } from './see-mistake.ts';
import { settleCheckEndpoint } from './settle-check.ts';

export const accuracyEndpoints: Endpoint[] = [
  getTeamFiguresEndpoint,
  getOwnFiguresEndpoint,
  listChecksEndpoint,
  getCheckEndpoint,
  decideDifferenceEndpoint,
  settleCheckEndpoint,
  listMistakesEndpoint,
  seeMistakeEndpoint,
  getSamplingEndpoint,
  putSamplingEndpoint,
];
