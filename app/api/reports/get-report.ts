import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { readReport } from './read-report.ts';
import { reportDetail } from './report-schemas.ts';

export const getReportEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/reports/:id',
    {
      ...allow('rep', 'transcriptionist', 'manager', 'administrator'),
      schema: {
        ...describe(
          'reports',
          'getReport',
          'A report: units, codes, fields, sync',
          'Looking at it here does not count as reading; POST …/read does.',
        ),
        params: idParams,
        response: answers({ 200: reportDetail }, 404),
      },
    },
    (request) => readReport(platform, userOf(request), request.params.id),
  );
