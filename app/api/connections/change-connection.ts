import { getConnection } from '../../../crm-sync/connections/list-connections.ts';
import { changeConnection } from '../../../crm-sync/connections/write-connection.ts';
import { kindOf } from '../../../crm-sync/connectors/connector-kinds.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { NotFound } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, idParams, time } from '../api.ts';
import { connection, connectionInput, readConnection, toConnection } from './connection-schemas.ts';

export const changeConnectionEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/connections/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'changeConnection',
          'Change a connection',
          'Names the `changedAt` that it was read with; 409 when somebody changed it since.',
        ),
        params: idParams,
        body: connectionInput.extend({ changedAt: time }),
        response: answers({ 200: connection }, 404, 409),
      },
    },
    async (request) => {
      const { id } = request.params;
      const kind = kindOf((await getConnection(platform, id)).kind);
      if (kind === null) throw new NotFound(`connection ${id} can't be changed`);
      const entered = await readConnection(platform, kind, request.body, id);
      const changedAt = new Date(request.body.changedAt);
      await changeConnection(platform, { id, changedAt, entered, actorId: userOf(request).id });
      return toConnection(await getConnection(platform, id));
    },
  );
