import { z } from 'zod';
import { mappingInput } from '../../../crm-sync/mapping/versions/draft-content.ts';
import { allow, answers, describe, id } from '../api.ts';
import { connectorParams, type MappingEndpoint, previewAnswer } from './mapping-schemas.ts';

export const previewMappingEndpoint: MappingEndpoint = (api, service) =>
  api.post(
    '/mappings/:id/preview',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'previewMapping',
          'What a mapping makes of a real report, step by step',
          'The CRM’s values are neither read nor written.',
        ),
        params: connectorParams,
        body: z.object({
          mapping: mappingInput,
          reportId: id.nullable().describe('Null: the newest report that says something of it'),
        }),
        response: answers({ 200: previewAnswer }, 404),
      },
    },
    async ({ params, body }) => service.preview(params.id, body) as Promise<z.infer<typeof previewAnswer>>,
  );
