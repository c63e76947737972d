import type { ClientBase } from 'pg';

/** One of ours that became part of another elsewhere; by our ids. */
export interface Merger {
  loserId: string;
  survivorId: string;
}

/**
 * Follows a merger of accounts: reports, dictations, people and conflicts go over to the survivor, the loser's name and
 * aliases become aliases of the survivor, and the loser stays, inactive, pointing to it. The caller holds
 * VOCABULARY_LOCK. Twice changes nothing. Locks the rows that it changes.
 *
 * @returns reports that went over.
 */
export async function mergeAccounts(
  client: ClientBase,
  { loserId, survivorId }: Merger,
  now: Date,
): Promise<string[]> {
  if (loserId === survivorId) return [];
  const { rows } = await client.query<{ id: string }>(
    'update report set account_id = $2 where account_id = $1 returning id',
    [loserId, survivorId],
  );
  const reportIds = rows.map(({ id }) => id);
  await client.query(
    `update field_value set value = to_jsonb(survivor.external_id)
     from account loser, account survivor
     where loser.id = $1 and survivor.id = $2 and field_value.report_id = any($3::uuid[])
       and field_value.field = 'account' and field_value.value = to_jsonb(loser.external_id)`,
    [loserId, survivorId, reportIds],
  );
  await client.query('update dictation set account_id = $2 where account_id = $1', [loserId, survivorId]);
  await client.query('update contact set account_id = $2, updated_at = $3 where account_id = $1', [
    loserId,
    survivorId,
    now,
  ]);
  // Whoever must not type the survivor's already need not be told so twice.
  await client.query(
    `delete from typing_conflict c using typing_conflict other
     where c.account_id = $1 and other.account_id = $2 and other.user_id = c.user_id`,
    [loserId, survivorId],
  );
  await client.query('update typing_conflict set account_id = $2 where account_id = $1', [
    loserId,
    survivorId,
  ]);
  await client.query(
    `update account set updated_at = $3,
       requirements = array(select distinct unnest(account.requirements || loser.requirements)),
       aliases = account.aliases || array(
         select distinct on (lower(name)) name
         from unnest(array_append(loser.aliases, loser.name)) as name
         where lower(name) <> lower(account.name)
           and lower(name) not in (select lower(own) from unnest(account.aliases) as own))
     from account loser
     where account.id = $2 and loser.id = $1 and loser.merged_into_id is distinct from $2`,
    [loserId, survivorId, now],
  );
  await client.query(
    `update account set active = false, merged_into_id = $2, updated_at = $3
     where id = $1 and (active or merged_into_id is distinct from $2)`,
    [loserId, survivorId, now],
  );
  // Who became part of the loser before is part of the survivor now.
  await client.query('update account set merged_into_id = $2 where merged_into_id = $1', [
    loserId,
    survivorId,
  ]);
  return reportIds;
}

/** The same of people: reports name the survivor. @returns reports that do so now. */
export async function mergeContacts(
  client: ClientBase,
  { loserId, survivorId }: Merger,
  now: Date,
): Promise<string[]> {
  if (loserId === survivorId) return [];
  await client.query(
    `delete from report_contact said using report_contact other
     where said.contact_id = $1 and other.contact_id = $2 and other.report_id = said.report_id`,
    [loserId, survivorId],
  );
  const { rows } = await client.query<{ id: string }>(
    'update report_contact set contact_id = $2 where contact_id = $1 returning report_id as id',
    [loserId, survivorId],
  );
  const reportIds = rows.map(({ id }) => id);
  await client.query(
    `update field_value set value = to_jsonb(survivor.external_id)
     from contact loser, contact survivor
     where loser.id = $1 and survivor.id = $2 and field_value.report_id = any($3::uuid[])
       and field_value.field = 'contact' and field_value.value = to_jsonb(loser.external_id)`,
    [loserId, survivorId, reportIds],
  );
  await client.query('update contact set active = false, updated_at = $2 where id = $1 and active', [
    loserId,
    now,
  ]);
  return reportIds;
}

/** The same of products: the loser's names become aliases of the survivor. */
export async function mergeProducts(client: ClientBase, { loserId, survivorId }: Merger): Promise<void> {
  if (loserId === survivorId) return;
  await client.query(
    `update product set aliases = product.aliases || array(
       select distinct on (lower(name)) name
       from unnest(array_append(loser.aliases, loser.name)) as name
       where lower(name) <> lower(product.name)
         and lower(name) not in (select lower(own) from unnest(product.aliases) as own))
     from product loser where product.id = $2 and loser.id = $1 and loser.active`,
    [loserId, survivorId],
  );
  await client.query('update product set active = false where id = $1 and active', [loserId]);
}
