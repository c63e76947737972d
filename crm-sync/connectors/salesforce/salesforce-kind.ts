import { setTimeout as sleep } from 'node:timers/promises';
import { CRM_OBJECT_TYPES, type CrmConnector } from '../connector.ts';
import type { ConnectorKind, ConnectorParts } from '../connector-kind.ts';
import { checkSalesforce } from './check-salesforce.ts';
import { newRecord } from './new-record.ts';
import { createRecentReads } from './recent-reads.ts';
import { removeRecords } from './remove-records.ts';
import { createSalesforceApi } from './salesforce-api.ts';
import {
  contextOf,
  createDescriptions,
  createInTurn,
  findByKeys,
  type SalesforceDeps,
} from './salesforce-deps.ts';
import { createSalesforceImport } from './salesforce-import.ts';
import { SALESFORCE_MAPPINGS } from './salesforce-mappings.ts';
import { createSessions } from './session.ts';
import { checkSalesforceSettings, readSettings, SALESFORCE_INPUTS } from './settings.ts';
import { sObjectOf } from './sobjects.ts';
import { createUsers } from './users.ts';
import { writeRecords } from './write-records.ts';

/** Salesforce, by its REST API. How to set it up there: docs/CONNECTORS.md. */
export const salesforceKind: ConnectorKind = {
  kind: 'salesforce',
  label: 'Salesforce',
  description: 'Reports in the activity timeline, next steps as tasks, amounts and stages of opportunities.',
  inputs: SALESFORCE_INPUTS,
  checkSettings: checkSalesforceSettings,
  defaultMappings: SALESFORCE_MAPPINGS,
  open: (parts) => openSalesforce(parts),
};

/** @param pause lets time pass at Salesforce. */
export function openSalesforce(
  parts: ConnectorParts,
  { pause = (ms: number) => sleep(ms) }: { pause?: (ms: number) => Promise<void> } = {},
): CrmConnector {
  const settings = readSettings(parts.settings);
  // Salesforce counts by the day and what runs at once, not by the second.
  const gate = parts.gate(null);
  const timeoutMs = parts.requestTimeoutMs;
  const sessions = createSessions({ settings, credentials: parts.credentials, gate, timeoutMs });
  const api = createSalesforceApi({
    sessions,
    gate,
    dailyShare: settings.dailyShare,
    timeoutMs,
    problem: checkSalesforceSettings(parts.settings)[0]?.message ?? null,
  });
  const deps: SalesforceDeps = {
    api,
    settings,
    links: parts.links,
    users: createUsers(api),
    descriptions: createDescriptions(api, settings),
    recent: createRecentReads(parts.clock),
    clock: parts.clock,
    inTurn: createInTurn(),
    pause,
  };

  return {
    kind: 'salesforce',
    capabilities: {
      maxBatch: 200,
      conditionalWrites: true,
      remembersKeys: false,
      readable: true,
      requestsPerSecond: null,
    },
    importSource: createSalesforceImport(deps),
    check: () => checkSalesforce(deps),

    async describe() {
      const described = await deps.descriptions.renew();
      return CRM_OBJECT_TYPES.flatMap((objectType) => {
        const object = described.get(sObjectOf(objectType, settings)) ?? null;
        if (object === null) return [];
        const ours = newRecord(
          { create: null },
          { objectType, sObject: sObjectOf(objectType, settings), described: object },
          settings,
          parts.clock.now(),
        );
        const fields = object.mappable.map((field) =>
          field.dataType === 'choice' && field.key in ours
            ? { ...field, initial: String(ours[field.key]) }
            : field,
        );
        return [{ objectType, label: object.label, fields }];
      });
    },

    async read(objectType, externalKeys) {
      if (externalKeys.length === 0) return new Map();
      const found = await findByKeys(deps, await contextOf(deps, objectType), externalKeys);
      deps.recent.keep(objectType, externalKeys, found);
      return new Map([...found].map(([key, { snapshot }]) => [key, snapshot]));
    },

    write: (writes) => writeRecords(deps, writes),
    appliedKeys: async () => new Set(),
    remove: (removals) => removeRecords(deps, removals),
  };
}
