import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe } from '../api.ts';
import { connectorParams, type MappingEndpoint } from './mapping-schemas.ts';

const count = z.int();

export const applyDraftEndpoint: MappingEndpoint = (api, service) =>
  api.post(
    '/mappings/:id/apply',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'applyMappingDraft',
          'Put the draft in force as the next version',
          'Reports that were delivered before stay as they are; redeliverReports changes that.',
        ),
        params: connectorParams,
        body: z.object({
          revision: z.int().min(1).describe('Of the draft that was looked at'),
          note: z.string().trim().max(500).default('').describe('Why, for the history'),
        }),
        response: answers(
          { 200: z.object({ version: z.int(), added: count, changed: count, removed: count }) },
          404,
          409,
        ),
      },
    },
    async (request) => service.apply(request.params.id, { ...request.body, actor: userOf(request) }),
  );
