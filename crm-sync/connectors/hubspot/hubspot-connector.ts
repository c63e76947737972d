import { CRM_OBJECT_TYPES, type CrmConnector } from '../connector.ts';
import type { ConnectorParts } from '../connector-kind.ts';
import { checkAccount } from './check-account.ts';
import { findRecords } from './find-records.ts';
import { createHubspotApi } from './hubspot-api.ts';
import { readSettings } from './hubspot-settings.ts';
import { createImportSource } from './import-records.ts';
import { MAX_INPUTS } from './objects.ts';
import { createOwners } from './owners.ts';
import { createFieldCatalog } from './properties.ts';
import type { RecordDeps } from './record-deps.ts';
import { removeRecords } from './remove-records.ts';
import { writeRecords } from './write-records.ts';

/** HubSpot's CRM, over its objects, properties and owners (v3) and associations (v4). */
export function createHubspotConnector(parts: ConnectorParts): CrmConnector {
  const settings = readSettings(parts.settings);
  const api = createHubspotApi(parts, settings);
  const catalog = createFieldCatalog(api);
  const deps: RecordDeps = {
    api,
    catalog,
    owners: createOwners(api),
    links: parts.links,
    now: () => parts.clock.now(),
  };
  return {
    kind: 'hubspot',
    capabilities: {
      maxBatch: MAX_INPUTS,
      conditionalWrites: false,
      remembersKeys: false,
      readable: true,
      requestsPerSecond: settings.requestsPerSecond,
    },
    importSource: createImportSource({ api, clock: parts.clock }),

    check: () => checkAccount(api, parts.credentials),

    describe: () =>
      Promise.all(
        CRM_OBJECT_TYPES.map(async (objectType) => {
          const fields = await catalog.fresh(objectType);
          return {
            objectType,
            label: api.objects[objectType].label,
            fields: [...fields.values()].map(({ definition }) => definition),
          };
        }),
      ),

    async read(objectType, externalKeys) {
      const found = await findRecords(deps, objectType, [...new Set(externalKeys)]);
      return new Map([...found].map(([key, { snapshot }]) => [key, snapshot]));
    },

    write: (writes) => writeRecords(deps, writes),
    remove: (removals) => removeRecords(deps, removals),
    appliedKeys: async () => new Set(),
  };
}
