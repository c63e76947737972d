import { z } from 'zod';
import { CRM_OBJECT_TYPES } from '../../../crm-sync/connectors/connector.ts';
import type { MappingService, MappingView } from '../../../crm-sync/mapping/mapping-service.ts';
import { keyedMapping } from '../../../crm-sync/mapping/versions/draft-content.ts';
import type { Api } from '../api.ts';
import { id, time } from '../api.ts';

/** One endpoint of the mapping: they share the service, and with it what the CRM said of itself. */
export type MappingEndpoint = (api: Api, service: MappingService) => void;

export const connectorParams = z.object({ id: id.describe('The connection') });

const field = z.object({
  key: z.string(),
  label: z.string(),
  dataType: z.string().describe('text, number, money, date, choice, person, product or list'),
  options: z.array(z.string()),
  writable: z.boolean(),
});

export const fault = z.object({
  key: z.string().describe('Of the mapping'),
  part: z.string(),
  message: z.string(),
  blocks: z.boolean().describe('It can’t be put in force like this'),
});

export const mappingAnswer = z.object({
  connector: z.object({ id, kind: z.string(), name: z.string(), active: z.boolean() }),
  version: z.int().describe('In force; 0: nothing was ever mapped'),
  inForce: z.array(keyedMapping),
  draft: z
    .object({
      revision: z.int().describe('Rises with each change; name it with yours'),
      mappings: z.array(keyedMapping),
      updatedAt: time,
      isStale: z.boolean().describe('Another version came into force since; throw it away'),
    })
    .nullable(),
  faults: z.array(fault).describe('Of the draft, else of what is in force'),
  objects: z
    .array(z.object({ objectType: z.enum(CRM_OBJECT_TYPES), label: z.string(), fields: z.array(field) }))
    .nullable()
    .describe('What the CRM says of itself; null: it could not be asked'),
  problem: z.string().nullable().describe('Why it could not, or why this is an older description'),
});

export function toMappingAnswer(view: MappingView): z.infer<typeof mappingAnswer> {
  const { connector, version, inForce, draft, faults, objects, problem } = view;
  return {
    connector,
    version,
    inForce,
    draft: draft && {
      revision: draft.revision,
      mappings: draft.mappings,
      updatedAt: draft.updatedAt.toISOString(),
      isStale: draft.isStale,
    },
    faults,
    objects,
    problem,
  };
}

const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
const outcome = z
  .enum(['written', 'appended', 'taken_back', 'stands', 'kept_out', 'conflict', 'fault'])
  .describe('stands: the CRM says so already; conflict: a person would be asked; fault: the mapping’s');

export const dryRunAnswer = z.object({
  reports: z.int().describe('Looked at: the last ones that the change concerns'),
  changedFields: z.int(),
  changedAccounts: z.int(),
  counts: z.record(z.string(), z.int()).describe('By outcome'),
  fromMemory: z.boolean().describe('The CRM can’t be read; what we wrote last is taken to stand there'),
  rows: z.array(
    z.object({
      reportId: id,
      reference: z.string(),
      date: z.string(),
      account: z.string().nullable(),
      objectType: z.string(),
      recordName: z.string(),
      targetField: z.string(),
      outcome,
      before: value,
      after: value,
      reason: z.string().nullable(),
      present: z.object({ outcome, after: value }).nullable().describe('Under the mapping in force'),
    }),
  ),
});

export const previewAnswer = z.object({
  report: z
    .object({
      id,
      reference: z.string(),
      date: z.string(),
      speaker: z.string(),
      account: z.string().nullable(),
      newer: id.nullable(),
      older: id.nullable(),
    })
    .nullable(),
  note: z.string().nullable().describe('Why nothing is made of this report'),
  targets: z.array(
    z.object({
      recordName: z.string(),
      texts: z.array(z.string()).describe('What the template made'),
      replaced: z.array(z.string()).describe('What the table of values made of that'),
      value,
      says: z.string(),
      outcome: z.enum(['value', 'empty', 'held_back', 'fault']),
    }),
  ),
  faults: z.array(fault.omit({ key: true })),
});

export const versionAnswer = z.object({
  version: z.int(),
  note: z.string(),
  restores: z.int().nullable().describe('It brought the mapping of that version back'),
  createdAt: time,
  createdBy: z.object({ id, name: z.string() }).nullable(),
});

export const editAnswer = z.object({
  revision: z.int(),
  key: id.nullable().describe('Of the mapping that was made or changed'),
});

/** What a change was made on. */
export const madeOn = {
  version: z.int().min(0).describe('In force when it was made'),
  revision: z.int().min(0).describe('Of the draft when it was made; 0: there was none'),
};

export const which = z
  .union([z.object({ last: z.int().min(1).max(100_000) }), z.object({ since: z.iso.date() })])
  .describe('The last so many reports, or those of calls since a day (UTC)');
