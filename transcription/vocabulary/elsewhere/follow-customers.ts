import type { ClientBase } from 'pg';
import { newId } from '../../../platform/new-id.ts';

/**
 * Writing what another system keeps of customers. The caller holds VOCABULARY_LOCK. Each is one statement for all rows
 * and changes nothing the second time.
 *
 * The other system has the last word on name, city, state, region, lifecycle, owner, title and who works where; what it
 * leaves empty does not empty ours. Aliases, short numbers and requirements are ours; the name of before becomes an
 * alias, because people go on saying it.
 */

export interface FollowedAccount {
  id: string;
  name: string;
  city: string | null;
  state: string | null;
  region: string | null;
  lifecycle: string | null;
  ownerId: string | null;
}

const ACCOUNT_ROW = `id uuid, "externalId" text, name text, city text, state text, region text, lifecycle text,
  "ownerId" uuid`;

/** Only what the vocabulary knows. */
const LIFECYCLE = `case when f.lifecycle in ('lead', 'new', 'active', 'inactive') then f.lifecycle end`;

/** In: new accounts. Adds them. Out: how many there were not. Locks the rows that it makes. */
export async function addAccounts(
  client: ClientBase,
  accounts: readonly (FollowedAccount & { externalId: string })[],
  now: Date,
): Promise<number> {
  if (accounts.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into account (id, external_id, name, city, state, region, lifecycle, owner_id, updated_at)
     select f.id, f."externalId", f.name, coalesce(f.city, ''), coalesce(f.state, ''), coalesce(f.region, ''),
            coalesce(${LIFECYCLE}, 'active'), f."ownerId", $2
     from jsonb_to_recordset($1) as f (${ACCOUNT_ROW})
     on conflict (external_id) do nothing`,
    [JSON.stringify(accounts), now],
  );
  return rowCount ?? 0;
}

/** In: accounts by our id. Changes those that differ. Out: how many did. Locks those. */
export async function followAccounts(
  client: ClientBase,
  accounts: readonly FollowedAccount[],
  now: Date,
): Promise<number> {
  if (accounts.length === 0) return 0;
  const { rowCount } = await client.query(
    `update account set
       name = n.name,
       aliases = case when lower(account.name) = lower(n.name)
                        or lower(account.name) in (select lower(alias) from unnest(account.aliases) as alias)
                      then account.aliases else array_append(account.aliases, account.name) end,
       city = n.city, state = n.state, region = n.region, lifecycle = n.lifecycle, owner_id = n.owner_id,
       active = true, updated_at = $2
     from (
       select was.id, f.name, coalesce(nullif(f.city, ''), was.city) as city,
              coalesce(nullif(f.state, ''), was.state) as state,
              coalesce(nullif(f.region, ''), was.region) as region,
              coalesce(${LIFECYCLE}, was.lifecycle) as lifecycle, coalesce(f."ownerId", was.owner_id) as owner_id
       from jsonb_to_recordset($1) as f (${ACCOUNT_ROW}) join account was on was.id = f.id
     ) as n
     where account.id = n.id
       and (account.name, account.city, account.state, account.region, account.lifecycle, account.owner_id, account.active)
         is distinct from (n.name, n.city, n.state, n.region, n.lifecycle, n.owner_id, true)`,
    [JSON.stringify(accounts), now],
  );
  return rowCount ?? 0;
}

export interface FollowedContact {
  id: string;
  name: string;
  title: string | null;
  accountId: string;
}

const CONTACT_ROW = `id uuid, "externalId" text, name text, title text, "accountId" uuid`;

/** In: new people. Adds them. Out: how many there were not. Locks the rows that it makes. */
export async function addContacts(
  client: ClientBase,
  contacts: readonly (FollowedContact & { externalId: string })[],
  now: Date,
): Promise<number> {
  if (contacts.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into contact (id, external_id, name, title, account_id, updated_at)
     select f.id, f."externalId", f.name, coalesce(f.title, ''), f."accountId", $2
     from jsonb_to_recordset($1) as f (${CONTACT_ROW})
     on conflict (external_id) do nothing`,
    [JSON.stringify(contacts), now],
  );
  return rowCount ?? 0;
}

/**
 * In: people by our id. Changes those that differ; who was first heard of in a report is on a list by now. Out: how
 * many did. Locks those.
 */
export async function followContacts(
  client: ClientBase,
  contacts: readonly FollowedContact[],
  now: Date,
): Promise<number> {
  if (contacts.length === 0) return 0;
  const { rowCount } = await client.query(
    `update contact set name = n.name, title = n.title, account_id = n.account_id, active = true,
       found_in_report_id = null, updated_at = $2
     from (
       select was.id, f.name, coalesce(nullif(f.title, ''), was.title) as title, f."accountId" as account_id
       from jsonb_to_recordset($1) as f (${CONTACT_ROW}) join contact was on was.id = f.id
     ) as n
     where contact.id = n.id
       and (contact.name, contact.title, contact.account_id, contact.active, contact.found_in_report_id)
         is distinct from (n.name, n.title, n.account_id, true, null::uuid)`,
    [JSON.stringify(contacts), now],
  );
  return rowCount ?? 0;
}

/** In: new products. Adds them. Out: how many there were not. */
export async function addProducts(
  client: ClientBase,
  products: readonly { id: string; externalId: string; name: string }[],
): Promise<number> {
  if (products.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into product (id, external_id, name)
     select id, "externalId", name from jsonb_to_recordset($1) as f (id uuid, "externalId" text, name text)
     on conflict (external_id) do nothing`,
    [JSON.stringify(products)],
  );
  return rowCount ?? 0;
}

/** In: products by our id. Changes those that differ. Out: how many did. */
export async function followProducts(
  client: ClientBase,
  products: readonly { id: string; name: string }[],
): Promise<number> {
  if (products.length === 0) return 0;
  const { rowCount } = await client.query(
    `update product set name = f.name, active = true,
       aliases = case when lower(product.name) = lower(f.name)
                        or lower(product.name) in (select lower(alias) from unnest(product.aliases) as alias)
                      then product.aliases else array_append(product.aliases, product.name) end
     from jsonb_to_recordset($1) as f (id uuid, name text)
     where product.id = f.id and (product.name, product.active) is distinct from (f.name, true)`,
    [JSON.stringify(products)],
  );
  return rowCount ?? 0;
}

/** In: ids that are gone elsewhere. Deactivates them; reports go on naming them. Out: how many were active. */
export async function deactivate(
  client: ClientBase,
  table: 'account' | 'contact' | 'product',
  ids: readonly string[],
  now: Date,
): Promise<number> {
  if (ids.length === 0) return 0;
  const { rowCount } = await client.query(
    table === 'product'
      ? `update product set active = false where active and id = any($1::uuid[])`
      : `update ${table} set active = false, updated_at = $2 where active and id = any($1::uuid[])`,
    table === 'product' ? [ids] : [ids, now],
  );
  return rowCount ?? 0;
}

/** In: people of the company by e-mail, who are not there yet. Adds them as reps who can't sign in and have no PIN. */
export async function addReps(
  client: ClientBase,
  reps: readonly { id: string; externalId: string; name: string; email: string }[],
  now: Date,
): Promise<number> {
  if (reps.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into app_user (id, email, name, roles, external_id, created_at)
     select id, lower(email), name, array['rep']::role[], "externalId", $2
     from jsonb_to_recordset($1) as f (id uuid, "externalId" text, name text, email text)
     on conflict do nothing`,
    [JSON.stringify(reps), now],
  );
  return rowCount ?? 0;
}

/** Nobody has given them access: the other system has the say on their name, and on whether they are still there. */
const WITHOUT_ACCESS = `password_hash is null and pin_hash is null and roles = array['rep']::role[] and not system`;

/** In: people by our id. Changes those without access that differ. Out: how many did. */
export async function followReps(
  client: ClientBase,
  reps: readonly { id: string; name: string }[],
): Promise<number> {
  if (reps.length === 0) return 0;
  const { rowCount } = await client.query(
    `update app_user set name = f.name, active = true
     from jsonb_to_recordset($1) as f (id uuid, name text)
     where app_user.id = f.id and ${WITHOUT_ACCESS} and (app_user.name, app_user.active) is distinct from (f.name, true)`,
    [JSON.stringify(reps)],
  );
  return rowCount ?? 0;
}

/** In: ids. Deactivates those without access; ending a person's access is the administrator's affair. */
export async function deactivateReps(client: ClientBase, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { rowCount } = await client.query(
    `update app_user set active = false where active and id = any($1::uuid[]) and ${WITHOUT_ACCESS}`,
    [ids],
  );
  return rowCount ?? 0;
}

/** An id for a row to be added. */
export const idForNew = (now: Date): string => newId(now.getTime());
