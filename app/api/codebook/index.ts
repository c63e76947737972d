import type { Endpoint } from '../api.ts';
import { getCodebookEndpoint } from './get-codebook.ts';

export const codebookEndpoints: Endpoint[] = [getCodebookEndpoint];
