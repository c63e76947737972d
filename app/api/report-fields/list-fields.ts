import { z } from 'zod';
import { listReportFields } from '../../../transcription/report-fields/read-report-fields.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { reportField, toReportField } from './field-schemas.ts';

export const listFieldsEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/report-fields',
    {
      ...allow(),
      schema: {
        ...describe(
          'codebook',
          'listReportFields',
          "The company's own fields of reports, the newest version of each",
          'Those switched off come last.',
        ),
        response: answers({ 200: z.object({ fields: z.array(reportField) }) }),
      },
    },
    async () => ({ fields: (await listReportFields(database)).map(toReportField) }),
  );
