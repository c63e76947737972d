import type { Endpoint } from '../api.ts';
import { getDictationEndpoint } from './get-dictation.ts';
import { listDictationsEndpoint } from './list-dictations.ts';

export const dictationEndpoints: Endpoint[] = [listDictationsEndpoint, getDictationEndpoint];
