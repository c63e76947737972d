import { z } from 'zod';
import { createConnection } from '../../../crm-sync/connections/write-connection.ts';
import { kindOf } from '../../../crm-sync/connectors/connector-kinds.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, id, ownId } from '../api.ts';
import { connectionInput, readConnection } from './connection-schemas.ts';

export const createConnectionEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/connections',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'createConnection',
          'Connect a CRM',
          'It begins switched off and with the mapping of its kind. 409 when the name is taken.',
        ),
        body: connectionInput.extend({ id: ownId, kind: z.string().max(100) }),
        response: answers({ 201: z.object({ id }) }, 409),
      },
    },
    async (request, reply) => {
      const kind = kindOf(request.body.kind);
      if (kind === null)
        throw new InvalidInput('no such kind of connection', {
          userMessage: 'There is no connector of that kind. List the kinds and choose one.',
        });
      const entered = await readConnection(platform, kind, request.body, null);
      const actorId = userOf(request).id;
      const made = await createConnection(platform, kind, {
        ...(request.body.id && { id: request.body.id }),
        entered,
        actorId,
      });
      return reply.code(201).send(made);
    },
  );
