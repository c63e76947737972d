import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { planReportPlaces } from '../../../transcription/redaction/plan-places.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { readReport } from '../reports/read-report.ts';
import { passages, proposedPlace, REDACTORS } from './redaction-schemas.ts';

const planned = z.object({
  places: z.array(proposedPlace).describe('The passages, and wherever else the same words stand'),
  values: z
    .array(z.object({ field: z.string(), display: z.string() }))
    .describe('What the report says besides that goes with them'),
});

export const planReportRedactionEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/reports/:id/redactions/plan',
    {
      ...allow(...REDACTORS),
      schema: {
        ...describe(
          'reports',
          'planReportRedaction',
          'See what a redaction would take out',
          'Changes nothing.',
        ),
        params: idParams,
        body: z.object({ passages }),
        response: answers({ 200: planned }, 404),
      },
    },
    async (request) => {
      const { id: reportId } = request.params;
      await readReport(platform, userOf(request), reportId);
      return planReportPlaces(platform, { reportId, passages: request.body.passages });
    },
  );
