import { z } from 'zod';
import type { ImportedRecord, ImportKind } from '../connectors/import-source.ts';

/** In this order: what belongs to something comes after it. */
export const IMPORT_KINDS = [
  'owner',
  'account',
  'contact',
  'product',
] as const satisfies readonly ImportKind[];

const MAX = 500;
const text = z
  .string()
  .transform((value) => value.replace(/\s+/g, ' ').trim().slice(0, MAX))
  .optional();

const recordSchema = z.object({
  kind: z.enum(IMPORT_KINDS),
  remoteId: z.string().min(1).max(200),
  externalKey: z.string().trim().min(1).max(200).optional().catch(undefined),
  name: z.string().transform((value) => value.replace(/\s+/g, ' ').trim().slice(0, MAX)),
  removed: z.boolean(),
  mergedInto: z.string().min(1).max(200).optional(),
  email: text,
  city: text,
  state: text,
  region: text,
  lifecycle: text,
  ownerRemoteId: text,
  title: text,
  accountRemoteId: text,
});

/** A record with its texts in order, as it is also kept in `crm_held_record.record`. */
export type Imported = z.infer<typeof recordSchema>;

/** The newest of each record of a page, and only what has a name or is gone. */
export function tidyRecords(records: readonly ImportedRecord[]): Imported[] {
  const newest = new Map<string, Imported>();
  for (const record of records) {
    const parsed = recordSchema.safeParse(record);
    if (!parsed.success) continue;
    const { name, removed, mergedInto, remoteId } = parsed.data;
    if (name === '' && !removed && mergedInto === undefined) continue;
    // The last one of a page is the newest, wherever the first one stood.
    newest.delete(remoteId);
    newest.set(remoteId, parsed.data);
  }
  return [...newest.values()];
}

export function readImported(value: unknown): Imported {
  return recordSchema.parse(value);
}

/** What came of records. */
export interface ImportCounts {
  added: number;
  changed: number;
  deactivated: number;
  merged: number;
}

export const NO_COUNTS: ImportCounts = { added: 0, changed: 0, deactivated: 0, merged: 0 };

export function sum(one: ImportCounts, other: ImportCounts): ImportCounts {
  return {
    added: one.added + other.added,
    changed: one.changed + other.changed,
    deactivated: one.deactivated + other.deactivated,
    merged: one.merged + other.merged,
  };
}
