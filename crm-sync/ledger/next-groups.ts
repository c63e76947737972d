import type { ClientBase } from 'pg';

/** Before every key. */
export const FIRST_KEY = '00000000-0000-0000-0000-000000000000';

/**
 * Groups of a connector whose longest waiting report is due, in the order of their keys, after `after`: whoever goes on
 * from the last one gives each account one turn a round, however much waits for it.
 *
 * Walks the index from group to group instead of reading all that waits: with 100,000 entries in 5,000 groups the next
 * fifty cost a few milliseconds. Locks nothing.
 *
 * @param urgent only groups in which something urgent waits; else only groups with something that is not.
 */
export async function nextGroups(
  client: Pick<ClientBase, 'query'>,
  {
    connectorId,
    urgent,
    after,
    limit,
    now,
  }: { connectorId: string; urgent: boolean; after: string; limit: number; now: Date },
): Promise<string[]> {
  const { rows } = await client.query<{ key: string }>(
    `with recursive walk(key) as (
       (select group_key from sync_entry
        where connector_id = $1 and status = 'waiting' and urgent = $2 and group_key > $3
        order by group_key limit 1)
       union all
       select (select group_key from sync_entry
               where connector_id = $1 and status = 'waiting' and urgent = $2 and group_key > walk.key
               order by group_key limit 1)
       from walk where walk.key is not null
     )
     select walk.key from walk
     cross join lateral (
       select next_attempt_at from sync_entry
       where connector_id = $1 and status = 'waiting' and urgent in (true, false) and group_key = walk.key
       order by created_at, report_id limit 1
     ) as head
     where walk.key is not null and coalesce(head.next_attempt_at <= $4, true)
     limit $5`,
    [connectorId, urgent, after, now, limit],
  );
  return rows.map(({ key }) => key);
}

/** When the first of what waits for a connector for its time is due; null when nothing does. Locks nothing. */
export async function nextDue(
  client: Pick<ClientBase, 'query'>,
  connectorId: string,
  now: Date,
): Promise<Date | null> {
  const { rows } = await client.query<{ at: Date | null }>(
    `select min(next_attempt_at) as at from sync_entry
     where connector_id = $1 and status = 'waiting' and next_attempt_at > $2`,
    [connectorId, now],
  );
  return rows[0]?.at ?? null;
}
