import type { Endpoint } from '../api.ts';
import { searchUnitsEndpoint } from './search-units.ts';

export const searchEndpoints: Endpoint[] = [searchUnitsEndpoint];
