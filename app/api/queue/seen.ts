import { userOf } from '../../../platform/auth/require-role.ts';
import { noteSeen } from '../../../transcription/jobs/presence.ts';
import { allow, answers, describe, type Endpoint, noContent } from '../api.ts';
import { WORKERS } from '../jobs/job-schemas.ts';

export const seenEndpoint: Endpoint = (api, { clock, database }) =>
  api.post(
    '/queue/seen',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe('jobs', 'seenAtQueue', 'Somebody is at work: sent by an open queue every minute'),
        response: answers({ 204: noContent }),
      },
    },
    async (request, reply) => {
      await noteSeen(database.pool, userOf(request).id, clock.now());
      return reply.code(204).send();
    },
  );
