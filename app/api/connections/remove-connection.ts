import { z } from 'zod';
import { removeConnection } from '../../../crm-sync/connections/write-connection.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

export const removeConnectionEndpoint: Endpoint = (api, platform) =>
  api.delete(
    '/connections/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'removeConnection',
          'Remove a connection with its credentials, mapping, links and ledger',
          'What was written in the CRM and what was imported from it stay. 409 while it is switched on.',
        ),
        params: idParams,
        body: z.object({ name: z.string().describe('Its name, to be sure') }),
        response: answers({ 204: noContent }, 409),
      },
    },
    async (request, reply) => {
      const actorId = userOf(request).id;
      await removeConnection(platform, { id: request.params.id, typedName: request.body.name, actorId });
      return reply.code(204).send();
    },
  );
