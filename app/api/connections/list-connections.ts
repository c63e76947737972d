import { z } from 'zod';
import { listConnections } from '../../../crm-sync/connections/list-connections.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { connection, toConnection } from './connection-schemas.ts';

export const listConnectionsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/connections',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'crm',
          'listConnections',
          'The CRMs that Dictaline is connected to, and how each is doing',
        ),
        response: answers({ 200: z.object({ connections: z.array(connection) }) }),
      },
    },
    async () => ({ connections: (await listConnections(platform)).map(toConnection) }),
  );
