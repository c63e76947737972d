import { z } from 'zod';
import { mappingInput } from '../../../crm-sync/mapping/versions/draft-content.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe, id } from '../api.ts';
import { connectorParams, editAnswer, type MappingEndpoint, madeOn } from './mapping-schemas.ts';

export const putMappingEndpoint: MappingEndpoint = (api, service) =>
  api.post(
    '/mappings/:id/draft/fields',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'putMapping',
          'Map one field in the draft: anew, or as `key` was mapped',
          '409 when somebody else changed this one since the revision that it names; changes of others don’t matter.',
        ),
        params: connectorParams,
        body: z.object({
          ...madeOn,
          key: id.nullable().describe('Null: a new one'),
          mapping: mappingInput,
        }),
        response: answers({ 200: editAnswer }, 404, 409),
      },
    },
    async (request) => {
      const { version, revision, key, mapping } = request.body;
      return service.change(request.params.id, {
        version,
        revision,
        edit: { kind: 'put', key, mapping },
        actor: userOf(request),
      });
    },
  );
