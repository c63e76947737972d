import { createMappingService } from '../../../crm-sync/mapping/mapping-service.ts';
import type { Endpoint } from '../api.ts';
import { applyDraftEndpoint } from './apply-draft.ts';
import { discardDraftEndpoint } from './discard-draft.ts';
import { dryRunEndpoint } from './dry-run.ts';
import { getMappingEndpoint } from './get-mapping.ts';
import { listMappingsEndpoint } from './list-mappings.ts';
import type { MappingEndpoint } from './mapping-schemas.ts';
import { previewMappingEndpoint } from './preview-mapping.ts';
import { putMappingEndpoint } from './put-mapping.ts';
import { redeliverEndpoint } from './redeliver.ts';
import { removeMappingEndpoint } from './remove-mapping.ts';
import { replaceDraftEndpoint } from './replace-draft.ts';
import { bringBackEndpoint, getVersionEndpoint, listVersionsEndpoint } from './versions.ts';

const MAPPING: MappingEndpoint[] = [
  listMappingsEndpoint,
  getMappingEndpoint,
  putMappingEndpoint,
  removeMappingEndpoint,
  replaceDraftEndpoint,
  discardDraftEndpoint,
  previewMappingEndpoint,
  dryRunEndpoint,
  applyDraftEndpoint,
  listVersionsEndpoint,
  getVersionEndpoint,
  bringBackEndpoint,
  redeliverEndpoint,
];

export const mappingEndpoints: Endpoint[] = [
  (api, platform) => {
    const service = createMappingService(platform);
    for (const endpoint of MAPPING) endpoint(api, service);
  },
];
