import { z } from 'zod';
import { allow, answers, describe, id } from '../api.ts';
import type { MappingEndpoint } from './mapping-schemas.ts';

export const listMappingsEndpoint: MappingEndpoint = (api, service) =>
  api.get(
    '/mappings',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'listMappings', 'Every connection with the version of its mapping'),
        response: answers({
          200: z.object({
            mappings: z.array(
              z.object({
                id: id.describe('The connection’s'),
                kind: z.string(),
                name: z.string(),
                active: z.boolean(),
                version: z.int(),
                hasDraft: z.boolean(),
              }),
            ),
          }),
        }),
      },
    },
    async () => ({ mappings: await service.list() }),
  );
