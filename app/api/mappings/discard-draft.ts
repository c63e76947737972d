import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, noContent } from '../api.ts';
import { connectorParams, type MappingEndpoint } from './mapping-schemas.ts';

export const discardDraftEndpoint: MappingEndpoint = (api, service) =>
  api.delete(
    '/mappings/:id/draft',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'discardMappingDraft', 'Throw the draft away; what is in force stays as it is'),
        params: connectorParams,
        response: answers({ 204: noContent }, 404),
      },
    },
    async (request, reply) => {
      await service.discard(request.params.id, userOf(request));
      return reply.code(204).send();
    },
  );
