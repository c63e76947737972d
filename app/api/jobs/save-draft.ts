import { z } from 'zod';
import { DraftConflict, draftInput, saveDraft } from '../../../transcription/jobs/save-draft.ts';
import { allow, answers, describe, type Endpoint, idParams, time } from '../api.ts';
import { errorAnswer } from '../error-answers.ts';
import { jobActor } from './job-actor.ts';
import { draft, toDraft, WORKERS } from './job-schemas.ts';

// JSON of any shape refers to itself, which the OpenAPI document can't resolve; here it is "anything".
const body = draftInput.extend({
  review: z
    .unknown()
    .optional()
    .describe('What has been settled so far in the review step; absent: stays as it is'),
});
const saved = z.object({ revision: z.number().int(), savedAt: time, leaseExpiresAt: time });
const conflict = errorAnswer.extend({
  draft: draft.optional().describe('With code conflict: what is there. Nothing was overwritten.'),
});

export const saveDraftEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/jobs/:id/draft',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'saveDraft',
          'Save what has been typed',
          'The whole `text`, or the `change` since the revision that it was typed on; 409 conflict answers with the ' +
            'draft that is there instead, 409 lease_lost that the job is not yours any more. The same save twice is accepted once.',
        ),
        params: idParams,
        body,
        response: { ...answers({ 200: saved }, 404), 409: conflict },
      },
    },
    async (request, reply) => {
      const { review, ...rest } = request.body;
      try {
        const { revision, savedAt, leaseExpiresAt } = await saveDraft(platform, {
          ...rest,
          ...(review !== undefined && { review: z.json().parse(review) }),
          jobId: request.params.id,
          userId: await jobActor(platform, request, request.params.id),
        });
        return { revision, savedAt: savedAt.toISOString(), leaseExpiresAt: leaseExpiresAt.toISOString() };
      } catch (error) {
        if (!(error instanceof DraftConflict)) throw error;
        const { code, userMessage, statusCode } = error;
        return reply
          .code(statusCode as 409)
          .send({ error: { code, message: userMessage }, draft: toDraft(error.draft) });
      }
    },
  );
