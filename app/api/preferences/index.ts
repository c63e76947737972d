import type { Endpoint } from '../api.ts';
import {
  getWorkbenchPreferencesEndpoint,
  patchWorkbenchPreferencesEndpoint,
} from './workbench-preferences.ts';

export const preferencesEndpoints: Endpoint[] = [
  getWorkbenchPreferencesEndpoint,
  patchWorkbenchPreferencesEndpoint,
];
