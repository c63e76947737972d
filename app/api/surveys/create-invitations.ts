import { z } from 'zod';
import { invite } from '../../../surveys/invite.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';

const body = z.object({
  name: z.string().trim().min(1).max(200).describe('Of the batch; unique within the survey'),
  groupKey: z
    .string()
    .trim()
    .max(100)
    .default('')
    .describe('What its responses are counted under, such as a region; never one customer'),
  count: z.int().min(1).max(10_000),
});

export const createInvitationsEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/surveys/:id/invitations',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'surveys',
          'createInvitations',
          'Make anonymous IDs, returned this once',
          'Only keyed hashes of the IDs are kept: whoever loses the answer revokes the batch and makes another.',
        ),
        params: idParams,
        body,
        response: answers({ 201: z.object({ batchId: id, anonymousIds: z.array(z.string()) }) }, 404, 409),
      },
    },
    async ({ params, body }, reply) =>
      reply.code(201).send(await invite(platform, { surveyId: params.id, ...body })),
  );
