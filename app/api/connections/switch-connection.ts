import { z } from 'zod';
import { switchConnection } from '../../../crm-sync/connections/write-connection.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

export const switchConnectionEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/connections/:id/switch',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'switchConnection', 'Switch delivery to a CRM on or off'),
        params: idParams,
        body: z.object({ active: z.boolean() }),
        response: answers({ 204: noContent }, 404),
      },
    },
    async (request, reply) => {
      const { active } = request.body;
      await switchConnection(platform, { id: request.params.id, active, actorId: userOf(request).id });
      return reply.code(204).send();
    },
  );
