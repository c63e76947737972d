import type { Endpoint } from '../api.ts';
import { createLineEndpoint } from './create-line.ts';
import { listLinesEndpoint } from './list-lines.ts';
import { updateLineEndpoint } from './update-line.ts';

export const lineEndpoints: Endpoint[] = [listLinesEndpoint, createLineEndpoint, updateLineEndpoint];
