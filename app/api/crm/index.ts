import type { Endpoint } from '../api.ts';
import { exportChangesEndpoint } from './export-changes.ts';
import { getRecordEndpoint } from './get-record.ts';
import { listRecordsEndpoint } from './list-records.ts';

export const crmEndpoints: Endpoint[] = [listRecordsEndpoint, getRecordEndpoint, exportChangesEndpoint];
