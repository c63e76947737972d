import { z } from 'zod';
import type { EntryView } from '../../../crm-sync/ledger/sync-state.ts';
import { id, time, timeOf } from '../api.ts';

export const syncStatus = z.enum(['waiting', 'written', 'conflict', 'failed', 'skipped']);

export const undoScope = z
  .enum(['last', 'all'])
  .describe('last: what the last version wrote; all: everything that the report wrote');

export const syncEntry = z.object({
  id,
  connector: z.object({ id, name: z.string() }),
  status: syncStatus,
  objectType: z.string(),
  externalKey: z.string(),
  recordName: z.string(),
  field: z.string(),
  fieldLabel: z.string(),
  wanted: z.unknown().describe('What we want there'),
  found: z.unknown().describe('Of a conflict: what the CRM says instead'),
  withdraw: z.boolean(),
  message: z.string().nullable().describe('Why it is not written, and what to do'),
  unit: z.object({ id, number: z.int() }).nullable(),
  fieldValueId: id.nullable(),
  nextStepId: id.nullable(),
  report: z.object({ id, reference: z.string() }),
  writtenAt: time.nullable(),
  nextAttemptAt: time.nullable(),
});

export function toSyncEntry(entry: EntryView): z.infer<typeof syncEntry> {
  return { ...entry, writtenAt: timeOf(entry.writtenAt), nextAttemptAt: timeOf(entry.nextAttemptAt) };
}
