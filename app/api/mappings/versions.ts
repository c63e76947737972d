import { z } from 'zod';
import { keyedMapping } from '../../../crm-sync/mapping/versions/draft-content.ts';
import { userOf } from '../../../platform/auth/require-role.ts';
import { allow, answers, describe } from '../api.ts';
import {
  connectorParams,
  editAnswer,
  type MappingEndpoint,
  madeOn,
  versionAnswer,
} from './mapping-schemas.ts';

const versionParams = connectorParams.extend({ number: z.coerce.number().int().min(1) });

export const listVersionsEndpoint: MappingEndpoint = (api, service) =>
  api.get(
    '/mappings/:id/versions',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'listMappingVersions', 'Who put which version in force, when and why'),
        params: connectorParams,
        response: answers({ 200: z.object({ versions: z.array(versionAnswer) }) }, 404),
      },
    },
    async ({ params }) => {
      const versions = await service.versions(params.id);
      return { versions: versions.map((each) => ({ ...each, createdAt: each.createdAt.toISOString() })) };
    },
  );

export const getVersionEndpoint: MappingEndpoint = (api, service) =>
  api.get(
    '/mappings/:id/versions/:number',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'getMappingVersion', 'The mapping as it stood in a version'),
        params: versionParams,
        response: answers({ 200: z.object({ mappings: z.array(keyedMapping) }) }, 404),
      },
    },
    async ({ params }) => ({ mappings: await service.version(params.id, params.number) }),
  );

export const bringBackEndpoint: MappingEndpoint = (api, service) =>
  api.post(
    '/mappings/:id/versions/:number/bring-back',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'bringMappingBack', 'Put the mapping of an earlier version into the draft'),
        params: versionParams,
        body: z.object(madeOn),
        response: answers({ 200: editAnswer }, 404, 409),
      },
    },
    async (request) =>
      service.change(request.params.id, {
        ...request.body,
        edit: { kind: 'bring_back', version: request.params.number },
        actor: userOf(request),
      }),
  );
