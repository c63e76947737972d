import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { suggestForReport } from '../../../transcription/redaction/suggest/suggest-for-report.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { readReport } from '../reports/read-report.ts';
import { REDACTORS, suggestion } from './redaction-schemas.ts';

export const suggestReportRedactionsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/reports/:id/redactions/suggestions',
    {
      ...allow(...REDACTORS),
      schema: {
        ...describe(
          'reports',
          'suggestReportRedactions',
          'Passages that may want to be redacted',
          'Card, phone and other long numbers, in digits or spoken; e-mail addresses. It misses things.',
        ),
        params: idParams,
        response: answers({ 200: z.object({ items: z.array(suggestion) }) }, 404),
      },
    },
    async (request) => {
      await readReport(platform, userOf(request), request.params.id);
      return { items: await suggestForReport(platform, request.params.id) };
    },
  );
