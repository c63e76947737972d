import { z } from 'zod';
import { tryField } from '../../../transcription/report-fields/try-field.ts';
import { fieldInput } from '../../../transcription/report-fields/write-report-fields.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

const found = z.object({
  value: z.union([z.string(), z.number()]),
  display: z.string(),
  span: z.object({ start: z.int(), end: z.int() }).nullable(),
  confidence: z.number(),
  evidence: z.string(),
  isSure: z.boolean().describe('Sure enough to be written unconfirmed'),
});

export const tryFieldEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/report-fields/try',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'codebook',
          'tryReportField',
          'What a definition finds in sentences',
          'Writes nothing. Days are reckoned from today.',
        ),
        body: z.object({ field: fieldInput, texts: z.array(z.string().max(5000)).min(1).max(50) }),
        response: answers({
          200: z.object({ tried: z.array(z.object({ text: z.string(), found: z.array(found) })) }),
        }),
      },
    },
    async ({ body }) => ({ tried: await tryField(platform, body.field, body.texts) }),
  );
