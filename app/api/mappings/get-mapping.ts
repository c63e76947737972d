import { allow, answers, describe } from '../api.ts';
import { connectorParams, type MappingEndpoint, mappingAnswer, toMappingAnswer } from './mapping-schemas.ts';

export const getMappingEndpoint: MappingEndpoint = (api, service) =>
  api.get(
    '/mappings/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'getMapping',
          'The mapping of a connection: in force, in the draft, and what the CRM says of itself',
          'What is in `inForce` can be sent to another deployment with replaceMappingDraft.',
        ),
        params: connectorParams,
        response: answers({ 200: mappingAnswer }, 404),
      },
    },
    async ({ params }) => toMappingAnswer(await service.view(params.id)),
  );
