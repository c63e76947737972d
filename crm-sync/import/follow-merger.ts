import type { ClientBase } from 'pg';
import {
  mergeAccounts,
  mergeContacts,
  mergeProducts,
} from '../../transcription/vocabulary/elsewhere/merge-customers.ts';
import type { ImportKind } from '../connectors/import-source.ts';
import type { Linked } from './links.ts';

/** The CRM's ids: of what is no more, and of what it is part of. */
interface MergedThere {
  connectorId: string;
  kind: ImportKind;
  remoteId: string;
  mergedInto: string;
}

/**
 * The CRM made one record of two: ours follow, and so does the ledger of this CRM, since what was written to the one
 * stands in the other now. Other CRMs keep two records: the reports that went over are planned anew, and so move there.
 * Within the caller's transaction, which holds VOCABULARY_LOCK. Twice changes nothing.
 */
export async function followMerger(
  client: ClientBase,
  { connectorId, kind, remoteId, mergedInto }: MergedThere,
  { loser, survivor }: { loser: Linked; survivor: Linked },
  now: Date,
): Promise<boolean> {
  if (loser.id === survivor.id || kind === 'owner') return false;
  const merger = { loserId: loser.id, survivorId: survivor.id };
  if (kind === 'product') {
    await mergeProducts(client, merger);
    await relink(client, { connectorId, kind, remoteId, mergedInto }, loser, now);
    return true;
  }
  const reportIds =
    kind === 'account' ? await mergeAccounts(client, merger, now) : await mergeContacts(client, merger, now);
  await client.query(
    `update sync_entry set external_key = $4
     where connector_id = $1 and object_type = $2 and external_key = $3`,
    [connectorId, kind, loser.key, survivor.key],
  );
  // What is still to be written names the survivor as what it belongs to.
  await client.query(
    `update sync_entry set desired = jsonb_set(desired, '{links}', (
       select coalesce(jsonb_agg(case when link ->> 'objectType' = $2 and link ->> 'externalKey' = $3
                then jsonb_set(link, '{externalKey}', to_jsonb($4::text)) else link end), '[]')
       from jsonb_array_elements(desired -> 'links') as link))
     where connector_id = $1 and status in ('waiting', 'conflict', 'failed') and jsonb_typeof(desired -> 'links') = 'array'
       and desired -> 'links' @> jsonb_build_array(jsonb_build_object('objectType', $2::text, 'externalKey', $3::text))`,
    [connectorId, kind, loser.key, survivor.key],
  );
  // Both wait in one line from now on.
  await client.query(
    `update sync_entry set group_key = $2 where group_key = $1 and status in ('waiting', 'conflict', 'failed')`,
    [loser.id, survivor.id],
  );
  await client.query(
    `delete from reconciled_record where connector_id = $1 and object_type = $2 and external_key = $3`,
    [connectorId, kind, loser.key],
  );
  await relink(client, { connectorId, kind, remoteId, mergedInto }, loser, now);
  await client.query(
    `insert into outbox_entry (id, report_id, kind, version)
     select gen_random_uuid(), report_id, 'merged', 1 from unnest($1::uuid[]) as report_id
     on conflict (report_id, kind, version) do update set processed_at = null, last_error = null`,
    [reportIds],
  );
  return true;
}

/** The loser's key, and those of whoever became part of it, lead to the survivor's record; linked last, so that this is told as the survivor's. */
async function relink(
  client: ClientBase,
  { connectorId, kind, remoteId, mergedInto }: MergedThere,
  loser: Linked,
  now: Date,
): Promise<void> {
  await client.query(
    `update crm_link set remote_id = $5, linked_at = greatest($6, now())
     where connector_id = $1 and object_type = $2 and (external_key = $3 or remote_id = $4)`,
    [connectorId, kind, loser.key, remoteId, mergedInto, now],
  );
}
