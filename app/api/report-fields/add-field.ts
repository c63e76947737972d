import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { addReportField, fieldInput } from '../../../transcription/report-fields/write-report-fields.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

export const addFieldEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/report-fields',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'codebook',
          'addReportField',
          'Define a field of reports',
          'Its key is made from the label. It is looked for in every text from then on.',
        ),
        body: fieldInput,
        response: answers({ 201: z.object({ key: z.string() }) }, 409),
      },
    },
    async (request, reply) =>
      reply.code(201).send(await addReportField(platform, request.body, userOf(request).id)),
  );
