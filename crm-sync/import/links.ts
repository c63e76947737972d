import type { ClientBase } from 'pg';
import type { ImportKind } from '../connectors/import-source.ts';

/** Where each kind is kept with us, and what `crm_link.external_key` is of it. */
export const OURS = {
  owner: { table: 'app_user', key: 'id::text', merged: 'null::uuid' },
  account: { table: 'account', key: 'external_id', merged: 'own.merged_into_id' },
  contact: { table: 'contact', key: 'external_id', merged: 'null::uuid' },
  product: { table: 'product', key: 'external_id', merged: 'null::uuid' },
} as const satisfies Record<ImportKind, { table: string; key: string; merged: string }>;

/** One of ours, by a link or by our key. */
export interface Linked {
  id: string;
  key: string;
}

/**
 * Ours by the CRM's ids. Several keys may lead to one record after a merger there: what is in use comes first, then
 * what was linked first. What became part of another with us stands for that one. Locks nothing.
 */
export async function linkedByRemote(
  client: ClientBase,
  { connectorId, kind }: { connectorId: string; kind: ImportKind },
  remoteIds: readonly string[],
): Promise<Map<string, Linked>> {
  if (remoteIds.length === 0) return new Map();
  const { table, key, merged } = OURS[kind];
  const { rows } = await client.query<{ remoteId: string; id: string; key: string }>(
    `select distinct on (link.remote_id) link.remote_id as "remoteId",
            coalesce(survivor.id, own.id) as id, coalesce(survivor.${key}, own.${key}) as key
     from crm_link link
     join ${table} own on own.${key} = link.external_key
     left join ${table} survivor on survivor.id = ${merged}
     where link.connector_id = $1 and link.object_type = $2 and link.remote_id = any($3::text[])
     order by link.remote_id, own.active desc, link.linked_at, link.external_key`,
    [connectorId, kind, remoteIds],
  );
  return new Map(rows.map(({ remoteId, ...linked }) => [remoteId, linked]));
}

/** Ours by our own keys, as records carry them. */
export async function ownByKey(
  client: ClientBase,
  kind: ImportKind,
  keys: readonly string[],
): Promise<Map<string, Linked>> {
  if (keys.length === 0) return new Map();
  const { table, key, merged } = OURS[kind];
  const { rows } = await client.query<{ asked: string; id: string; key: string }>(
    `select own.${key} as asked, coalesce(survivor.id, own.id) as id, coalesce(survivor.${key}, own.${key}) as key
     from ${table} own left join ${table} survivor on survivor.id = ${merged}
     where own.${key} = any($1::text[])`,
    [keys],
  );
  return new Map(rows.map(({ asked, ...linked }) => [asked, linked]));
}

/** Keeps which record is which of ours. One statement; again changes nothing. */
export async function keepLinks(
  client: ClientBase,
  { connectorId, kind }: { connectorId: string; kind: ImportKind },
  links: readonly { key: string; remoteId: string }[],
): Promise<void> {
  if (links.length === 0) return;
  const newest = new Map(links.map((link) => [link.key, link]));
  await client.query(
    `insert into crm_link (connector_id, object_type, external_key, remote_id)
     select $1, $2, link.key, link."remoteId"
     from jsonb_to_recordset($3::jsonb) as link(key text, "remoteId" text)
     on conflict (connector_id, object_type, external_key) do update set remote_id = excluded.remote_id
     where crm_link.remote_id <> excluded.remote_id`,
    [connectorId, kind, JSON.stringify([...newest.values()])],
  );
}

/** SQL: one of ours, in table `own`, that no record of this CRM ($1) is linked to. */
export function unlinked(kind: ImportKind): string {
  return `not exists (select from crm_link link where link.connector_id = $1 and link.object_type = '${kind}'
    and link.external_key = own.${OURS[kind].key})`;
}
