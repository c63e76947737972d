import { z } from 'zod';
import { keyedMapping } from '../../../crm-sync/mapping/versions/draft-content.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe } from '../api.ts';
import { connectorParams, editAnswer, type MappingEndpoint, madeOn } from './mapping-schemas.ts';

export const replaceDraftEndpoint: MappingEndpoint = (api, service) =>
  api.put(
    '/mappings/:id/draft',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'replaceMappingDraft',
          'Put a whole mapping into the draft',
          'Nothing is in force by this. 409 when anything was changed since the revision that it names.',
        ),
        params: connectorParams,
        body: z.object({ ...madeOn, mappings: z.array(keyedMapping).max(500) }),
        response: answers({ 200: editAnswer }, 404, 409),
      },
    },
    async (request) => {
      const { version, revision, mappings } = request.body;
      return service.change(request.params.id, {
        version,
        revision,
        edit: { kind: 'replace', mappings },
        actor: userOf(request),
      });
    },
  );
