import type { ClientBase } from 'pg';
import { newId } from '../../platform/new-id.ts';
import type { ImportKind } from '../connectors/import-source.ts';
import { type Imported, readImported } from './imported.ts';

/** A record that can't be taken yet, and what for. */
export interface Held {
  record: Imported;
  /** The CRM's id of what has to come first; null: a person has to say which of ours it is. */
  waitsFor: string | null;
  candidateIds: readonly string[];
}

interface Where {
  connectorId: string;
  kind: ImportKind;
}

/** Keeps records for later, in place of what was kept of them before. One statement. */
export async function hold(
  client: ClientBase,
  { connectorId, kind }: Where,
  held: readonly Held[],
  now: Date,
) {
  if (held.length === 0) return;
  const rows = held.map((each) => ({ ...each, id: newId(now.getTime()), remoteId: each.record.remoteId }));
  await client.query(
    `insert into crm_held_record (id, connector_id, kind, remote_id, record, waits_for, candidate_ids, created_at)
     select h.id, $1, $2, h."remoteId", h.record, h."waitsFor", h."candidateIds", $4
     from jsonb_to_recordset($3::jsonb) as
       h(id uuid, "remoteId" text, record jsonb, "waitsFor" text, "candidateIds" uuid[])
     on conflict (connector_id, kind, remote_id) do update
       set record = excluded.record, waits_for = excluded.waits_for, candidate_ids = excluded.candidate_ids`,
    [connectorId, kind, JSON.stringify(rows), now],
  );
}

/** These records need no holding any more. */
export async function release(
  client: ClientBase,
  { connectorId, kind }: Where,
  remoteIds: readonly string[],
): Promise<void> {
  if (remoteIds.length === 0) return;
  await client.query(
    'delete from crm_held_record where connector_id = $1 and kind = $2 and remote_id = any($3::text[])',
    [connectorId, kind, remoteIds],
  );
}

/** Records of a kind that waited for these. They stay held until `release`. */
export async function waitingFor(
  client: ClientBase,
  { connectorId, kind }: Where,
  remoteIds: readonly string[],
): Promise<Imported[]> {
  if (remoteIds.length === 0) return [];
  const { rows } = await client.query<{ record: unknown }>(
    `select record from crm_held_record
     where connector_id = $1 and kind = $2 and waits_for = any($3::text[])`,
    [connectorId, kind, remoteIds],
  );
  return rows.map(({ record }) => readImported(record));
}
