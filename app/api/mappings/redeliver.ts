import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe } from '../api.ts';
import { connectorParams, type MappingEndpoint, which } from './mapping-schemas.ts';

export const redeliverEndpoint: MappingEndpoint = (api, service) =>
  api.post(
    '/mappings/:id/redeliver',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'redeliverReports',
          'Have reports delivered anew by what is in force now',
          'In the background. `countOnly` says how many it would be and does nothing.',
        ),
        params: connectorParams,
        body: z.object({ which, countOnly: z.boolean().default(false) }),
        response: answers({ 200: z.object({ reports: z.int() }) }, 404),
      },
    },
    async (request) => {
      const { which: chosen, countOnly } = request.body;
      const reports = countOnly
        ? await service.countRedelivered(chosen)
        : await service.redeliver(request.params.id, chosen, userOf(request));
      return { reports };
    },
  );
