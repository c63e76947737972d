import type pg from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { numberAccounts } from '../accounts/account-numbers.ts';
import { VOCABULARY_LOCK } from './vocabulary-lock.ts';
import { findFault, type VocabularyInput } from './vocabulary-schema.ts';

export interface VocabularyCounts {
  reps: number;
  accounts: number;
  contacts: number;
  products: number;
  competitors: number;
}

/**
 * Makes the company's words what `input` says: known by their external id they are updated, else added; what is
 * not in it any more is deactivated (reports go on naming it), but for names first heard in reports. Done twice it changes nothing.
 *
 * New accounts get their short number for the phone. Reps become users who can't sign in and have no PIN until an administrator gives them one; a rep who is gone is
 * deactivated only while that is so, because ending a person's access is the administrator's business.
 * @throws InvalidInput an id stands twice, or a contact's account or an account's owner is missing
 */
export function replaceVocabulary(
  platform: Pick<Platform, 'clock' | 'database'>,
  input: VocabularyInput,
): Promise<VocabularyCounts> {
  return writeVocabulary(platform, input, true);
}

/** Adds and updates what `input` holds and leaves everything else as it is. */
export function mergeVocabulary(
  platform: Pick<Platform, 'clock' | 'database'>,
  input: VocabularyInput,
): Promise<VocabularyCounts> {
  return writeVocabulary(platform, input, false);
}

async function writeVocabulary(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  input: VocabularyInput,
  replace: boolean,
): Promise<VocabularyCounts> {
  await inTransaction(database.pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [VOCABULARY_LOCK]);
    const known = replace
      ? { reps: new Set<string>(), accounts: new Set<string>() }
      : { reps: await externalIds(client, 'app_user'), accounts: await externalIds(client, 'account') };
    const fault = findFault(input, known);
    if (fault) throw new InvalidInput('The vocabulary contradicts itself', { userMessage: fault });

    const now = clock.now();
    await writeCompany(client, input, replace);
    await writeReps(client, input.reps, now);
    await writeAccounts(client, input.accounts, now);
    await numberAccounts(client);
    await writeContacts(client, input.contacts, now);
    await writeTerms(client, 'product', input.products);
    await writeTerms(client, 'competitor', input.competitors);
    await settleFoundNames(client, now);
    if (replace) await deactivateRest(client, input, now);
  });
  return {
    reps: input.reps.length,
    accounts: input.accounts.length,
    contacts: input.contacts.length,
    products: input.products.length,
    competitors: input.competitors.length,
  };
}

async function externalIds(client: pg.ClientBase, table: 'app_user' | 'account'): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `select external_id as id from ${table} where external_id is not null`,
  );
  return new Set(rows.map((row) => row.id));
}

async function writeCompany(
  client: pg.ClientBase,
  { company, industry }: VocabularyInput,
  replace: boolean,
): Promise<void> {
  if (!replace && company === '' && industry === '') return;
  await client.query(
    `insert into setting (key, value) values ('company', $1)
     on conflict (key) do update set value = setting.value || excluded.value`,
    [JSON.stringify({ name: company, industry })],
  );
}

/** Rows for `jsonb_to_recordset`, each with an id in case that it is new. */
function asRows(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => ({ ...row, key: newId() })));
}

async function writeReps(client: pg.ClientBase, reps: VocabularyInput['reps'], now: Date): Promise<void> {
  // In: reps. Adds users, changes those known by their external id. Locks those rows.
  await client.query(
    `insert into app_user (id, email, name, roles, external_id, territory, region, created_at)
     select key, 'rep-' || key || '@no-mail.invalid', name, array['rep']::role[], id, territory, region, $2
     from jsonb_to_recordset($1) as rep (key uuid, id text, name text, territory text, region text)
     on conflict (external_id) do update
       set name = excluded.name, territory = excluded.territory, region = excluded.region, active = true`,
    [asRows(reps), now],
  );
}

async function writeAccounts(
  client: pg.ClientBase,
  accounts: VocabularyInput['accounts'],
  now: Date,
): Promise<void> {
  // In: accounts. Adds them, changes those that differ. Locks those rows.
  await client.query(
    `insert into account (id, external_id, name, aliases, city, state, region, lifecycle, owner_id, updated_at)
     select a.key, a.id, a.name, a.aliases, a.city, a.state, a.region, a.lifecycle, owner.id, $2
     from jsonb_to_recordset($1) as a (key uuid, id text, name text, aliases text[], city text, state text,
                                       region text, lifecycle text, owner text)
     left join app_user owner on owner.external_id = a.owner
     on conflict (external_id) do update
       set name = excluded.name, aliases = excluded.aliases, city = excluded.city, state = excluded.state,
           region = excluded.region, lifecycle = excluded.lifecycle, active = true,
           owner_id = coalesce(excluded.owner_id, account.owner_id), updated_at = excluded.updated_at
       where (account.name, account.aliases, account.city, account.state, account.region, account.lifecycle,
              account.active, account.owner_id)
         is distinct from (excluded.name, excluded.aliases, excluded.city, excluded.state, excluded.region,
              excluded.lifecycle, true, coalesce(excluded.owner_id, account.owner_id))`,
    [asRows(accounts), now],
  );
}

async function writeContacts(
  client: pg.ClientBase,
  contacts: VocabularyInput['contacts'],
  now: Date,
): Promise<void> {
  // In: contacts, whose accounts are there. Adds them, changes those that differ. Locks those rows.
  await client.query(
    `insert into contact (id, external_id, name, title, account_id, updated_at)
     select c.key, c.id, c.name, c.title, account.id, $2
     from jsonb_to_recordset($1) as c (key uuid, id text, name text, title text, account text)
     join account on account.external_id = c.account
     on conflict (external_id) do update
       set name = excluded.name, title = excluded.title, account_id = excluded.account_id, active = true,
           updated_at = excluded.updated_at
       where (contact.name, contact.title, contact.account_id, contact.active)
         is distinct from (excluded.name, excluded.title, excluded.account_id, true)`,
    [asRows(contacts), now],
  );
}

async function writeTerms(
  client: pg.ClientBase,
  table: 'product' | 'competitor',
  terms: VocabularyInput['products'],
): Promise<void> {
  // In: products or competitors. Adds them, changes those known by their external id. Locks those rows.
  await client.query(
    `insert into ${table} (id, external_id, name, aliases)
     select key, id, name, aliases
     from jsonb_to_recordset($1) as term (key uuid, id text, name text, aliases text[])
     on conflict (external_id) do update
       set name = excluded.name, aliases = excluded.aliases, active = true`,
    [asRows(terms)],
  );
}

/** Names first heard in reports that the company's own list has by now give way to it, in reports too. */
async function settleFoundNames(client: pg.ClientBase, now: Date): Promise<void> {
  // In: nothing. Points reports to the list's person. Locks those rows.
  await client.query(
    `update report_contact said set contact_id = own.id
     from contact found
     join contact own on own.account_id = found.account_id and lower(own.name) = lower(found.name)
       and own.active and own.found_in_report_id is null
     where found.found_in_report_id is not null and found.active and said.contact_id = found.id
       and not exists (select from report_contact other
                       where other.report_id = said.report_id and other.contact_id = own.id)`,
  );
  // In: time. Deactivates what was found and is in the list now. Locks those rows.
  await client.query(
    `update contact found set active = false, updated_at = $1
     where found.found_in_report_id is not null and found.active
       and exists (select from contact own where own.account_id = found.account_id and own.active
                   and own.found_in_report_id is null and lower(own.name) = lower(found.name))`,
    [now],
  );
  await client.query(
    `update competitor found set active = false
     where found.found_in_report_id is not null and found.active
       and exists (select from competitor own where own.active and own.found_in_report_id is null
                   and (lower(own.name) = lower(found.name) or lower(found.name) = any(
                        select lower(alias) from unnest(own.aliases) as alias)))`,
  );
}

async function deactivateRest(client: pg.ClientBase, input: VocabularyInput, now: Date): Promise<void> {
  const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id);
  // In: ids that stay. Deactivates all others. Locks those rows.
  await client.query(
    `update account set active = false, updated_at = $2 where active and external_id <> all($1::text[])`,
    [ids(input.accounts), now],
  );
  await client.query(
    `update contact set active = false, updated_at = $2
     where active and external_id <> all($1::text[]) and found_in_report_id is null`,
    [ids(input.contacts), now],
  );
  for (const [table, rows] of [
    ['product', input.products],
    ['competitor', input.competitors],
  ] as const) {
    const listed = table === 'competitor' ? 'and found_in_report_id is null' : '';
    await client.query(
      `update ${table} set active = false where active and external_id <> all($1::text[]) ${listed}`,
      [ids(rows)],
    );
  }
  await client.query(
    `update app_user set active = false
     where active and external_id <> all($1::text[]) and password_hash is null and pin_hash is null
       and roles = array['rep']::role[]`,
    [ids(input.reps)],
  );
}
