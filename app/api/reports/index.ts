import type { Endpoint } from '../api.ts';
import { flagReportEndpoint } from './flag-report.ts';
import { getReportEndpoint } from './get-report.ts';
import { listReportsEndpoint } from './list-reports.ts';

export const reportEndpoints: Endpoint[] = [listReportsEndpoint, getReportEndpoint, flagReportEndpoint];
