import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import { reviewInput } from '../../../transcription/reports/review/review-input.ts';
import { reviewReport } from '../../../transcription/reports/review/review-report.ts';
import { createReviewHooks } from '../../review-hooks.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { refuseUnreadable } from './read-report.ts';

export const reviewReportEndpoint: Endpoint = (api, platform) => {
  const hooks = createReviewHooks(platform);
  api.post(
    '/reports/:id/review',
    {
      ...allow('rep', 'transcriptionist', 'supervisor', 'manager', 'administrator'),
      schema: {
        ...describe(
          'reports',
          'reviewReport',
          'Confirm, change, refuse or add codes, values and next steps',
          'Whoever wrote the report down, supervisors, managers and administrators settle all of it, a rep values and ' +
            'next steps of their own. Decisions on the same thing that others made since `revision` are not ' +
            'overwritten: 409 says what they were. The CRMs follow by themselves.',
        ),
        params: idParams,
        body: reviewInput.extend(onBehalf),
        response: answers(
          {
            200: z.object({
              revision: z.int().describe('The one that is in force now'),
              changed: z.int().describe('0: it was so already'),
            }),
          },
          404,
          409,
        ),
      },
    },
    async (request) => {
      const { userId: asId, userEmail: asEmail, ...input } = request.body;
      const { id: reportId } = request.params;
      const user = userOf(request);
      await refuseUnreadable(platform, user, reportId);
      // What is confirmed was decided by a person; a program says by whom.
      if (user.by === 'token' && asId === undefined && asEmail === undefined)
        throw new InvalidInput('a review in nobody’s name', {
          userMessage: 'Say with userId or userEmail which person decided this.',
        });
      const { id } = await actingUser(platform, request, { userId: asId, userEmail: asEmail });
      return reviewReport(platform, hooks, { reportId, user: { id, roles: user.roles }, input });
    },
  );
};
