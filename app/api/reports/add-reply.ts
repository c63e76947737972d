import { z } from 'zod';
import { addReply, replyInput } from '../../../transcription/reports/replies.ts';
import { actingUser, onBehalf } from '../acting-user.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';

export const addReplyEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/reports/:id/replies',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'reports',
          'replyToReport',
          'Answer the rep, who hears it at the next call',
          'Make a new `requestId` for each answer; the same one sent again makes no second answer.',
        ),
        params: idParams,
        body: replyInput.extend(onBehalf),
        response: answers({ 201: z.object({ replyId: id }) }, 404, 409),
      },
    },
    async (request, reply) => {
      const { text, requestId, ...behalf } = request.body;
      const { id: authorId } = await actingUser(platform, request, behalf);
      const added = await addReply(platform, { reportId: request.params.id, authorId, text, requestId });
      return reply.code(201).send(added);
    },
  );
