import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, id } from '../api.ts';
import { connectorParams, editAnswer, type MappingEndpoint } from './mapping-schemas.ts';

export const removeMappingEndpoint: MappingEndpoint = (api, service) =>
  api.delete(
    '/mappings/:id/draft/fields/:key',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'removeMapping', 'Take one field out of the draft'),
        params: connectorParams.extend({ key: id }),
        querystring: z.object({
          version: z.coerce.number().int().min(0),
          revision: z.coerce.number().int().min(0),
        }),
        response: answers({ 200: editAnswer }, 404, 409),
      },
    },
    async (request) => {
      const { version, revision } = request.query;
      return service.change(request.params.id, {
        version,
        revision,
        edit: { kind: 'remove', key: request.params.key },
        actor: userOf(request),
      });
    },
  );
