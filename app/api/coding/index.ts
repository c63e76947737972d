import type { Endpoint } from '../api.ts';
import { claimCodingEndpoint } from './claim-coding.ts';
import { finishCodingEndpoint } from './finish-coding.ts';
import { getCodingEndpoint } from './get-coding.ts';
import { leaveCodingEndpoint } from './leave-coding.ts';
import { saveCodingEndpoint } from './save-coding.ts';

export const codingEndpoints: Endpoint[] = [
  claimCodingEndpoint,
  getCodingEndpoint,
  saveCodingEndpoint,
  finishCodingEndpoint,
  leaveCodingEndpoint,
];
