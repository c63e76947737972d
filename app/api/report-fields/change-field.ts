import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { changeReportField, fieldChange } from '../../../transcription/report-fields/write-report-fields.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { keyParams } from './field-schemas.ts';

export const changeFieldEndpoint: Endpoint = (api, platform) =>
  api.patch(
    '/report-fields/:key',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'codebook',
          'changeReportField',
          'Change what is given, or switch the field off or on',
          'Names the version that the change was made from; 409 when there is a newer one. The same again makes none. ' +
            'Switched off it is not looked for any more; values that reports have stay.',
        ),
        params: keyParams,
        body: fieldChange,
        response: answers({ 200: z.object({ version: z.int() }) }, 404, 409),
      },
    },
    async (request) => changeReportField(platform, request.params.key, request.body, userOf(request).id),
  );
