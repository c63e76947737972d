import { userOf } from '../../../platform/auth/require-role.ts';
import { changeDue, changeDueInput } from '../../../transcription/supervision/change-due.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';
import { SUPERVISORS } from './reassign.ts';

export const changeDueEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/due',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe('jobs', 'changeDue', 'Set when a job is due: a time, a class, or as usual'),
        params: idParams,
        body: changeDueInput,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      await changeDue(platform, {
        jobId: request.params.id,
        actorId: userOf(request).id,
        change: request.body,
      });
      return reply.code(204).send();
    },
  );
