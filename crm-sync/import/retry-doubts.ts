import type { ClientBase } from 'pg';
import type { ImportKind } from '../connectors/import-source.ts';
import { type Imported, readImported } from './imported.ts';
import { OURS } from './links.ts';
import { takeRecords } from './take-records.ts';
import type { Taking } from './taking.ts';

/**
 * Looks again at what a person was to be asked about: where each of ours that a record may have been is linked to
 * another record by now, or gone, there is nothing to ask any more. In the caller's transaction, which holds
 * VOCABULARY_LOCK.
 */
export async function retryDoubts(client: ClientBase, taking: Taking): Promise<void> {
  for (const kind of ['owner', 'account', 'contact', 'product'] as const) {
    const records = await withoutCandidates(client, taking, kind);
    await takeRecords(client, taking, kind, records);
  }
}

async function withoutCandidates(
  client: ClientBase,
  { connectorId }: Taking,
  kind: ImportKind,
): Promise<Imported[]> {
  const { table, key } = OURS[kind];
  const { rows } = await client.query<{ record: unknown }>(
    `select held.record from crm_held_record held
     where held.connector_id = $1 and held.kind = $2 and held.waits_for is null and not exists (
       select from ${table} own
       where own.id = any(held.candidate_ids) and own.active and not exists (
         select from crm_link link where link.connector_id = $1 and link.object_type = $2
           and link.external_key = own.${key}))`,
    [connectorId, kind],
  );
  return rows.map(({ record }) => readImported(record));
}
