import type { Endpoint } from '../api.ts';
import { getStyleGuideEndpoint } from './get-style-guide.ts';
import { putStyleGuideEndpoint } from './put-style-guide.ts';

export const styleGuideEndpoints: Endpoint[] = [getStyleGuideEndpoint, putStyleGuideEndpoint];
