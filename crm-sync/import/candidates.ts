import type { ClientBase } from 'pg';
import { unlinked } from './links.ts';
import type { Candidate } from './match.ts';
import { coreLetters, letters } from './name-keys.ts';

/**
 * Our accounts that no record of this CRM is linked to, by their names: read once for an import, and only when a
 * record comes that nothing else tells. Comparing names in SQL would read all of them for each page.
 */
export interface UnlinkedAccounts {
  /** Those whose name, core of the name or alias is that of `name`. */
  alike(name: string): Candidate[];
  /** It is linked by now. */
  take(id: string): void;
}

export async function readUnlinkedAccounts(
  client: Pick<ClientBase, 'query'>,
  connectorId: string,
): Promise<UnlinkedAccounts> {
  const { rows } = await client.query<Candidate>(
    `select own.id, own.name, own.aliases, own.city from account own where own.active and ${unlinked('account')}`,
    [connectorId],
  );
  const byName = new Map<string, Candidate[]>();
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const known = byName.get(key);
      if (known === undefined) byName.set(key, [row]);
      else known.push(row);
    }
  }
  const taken = new Set<string>();
  return {
    alike(name) {
      const found = [letters(name), `core ${coreLetters(name)}`].flatMap((key) => byName.get(key) ?? []);
      return [...new Set(found)].filter(({ id }) => !taken.has(id));
    },
    take: (id) => void taken.add(id),
  };
}

function keysOf({ name, aliases }: Candidate): Set<string> {
  return new Set([...[name, ...aliases].map(letters), `core ${coreLetters(name)}`]);
}

/** People of these accounts whom no record of this CRM is linked to, by account. Locks nothing. */
export async function unlinkedPeople(
  client: ClientBase,
  connectorId: string,
  accountIds: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const { rows } = await client.query<{ id: string; name: string; accountId: string }>(
    `select own.id, own.name, own.account_id as "accountId" from contact own
     where own.account_id = any($2::uuid[]) and own.active and ${unlinked('contact')}`,
    [connectorId, accountIds],
  );
  const byAccount = new Map<string, { id: string; name: string }[]>();
  for (const { accountId, ...person } of rows)
    byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), person]);
  return byAccount;
}

export async function unlinkedProducts(
  client: ClientBase,
  connectorId: string,
): Promise<{ id: string; name: string; aliases: string[] }[]> {
  const { rows } = await client.query<{ id: string; name: string; aliases: string[] }>(
    `select own.id, own.name, own.aliases from product own where own.active and ${unlinked('product')}`,
    [connectorId],
  );
  return rows;
}

/** People of the company by e-mail, and those without one of their own by name; whom nobody is linked to. */
export async function unlinkedPersons(
  client: ClientBase,
  connectorId: string,
  { emails, names }: { emails: readonly string[]; names: readonly string[] },
): Promise<{ id: string; email: string; name: string; hasEmail: boolean }[]> {
  const { rows } = await client.query<{ id: string; email: string; name: string; hasEmail: boolean }>(
    `select own.id, own.email, own.name, own.email not like '%@no-mail.invalid' as "hasEmail"
     from app_user own
     where not own.system and ${unlinked('owner')}
       and (own.email = any($2::text[])
            or (own.active and own.email like '%@no-mail.invalid' and lower(own.name) = any($3::text[])))`,
    [connectorId, emails, names.map((name) => name.toLowerCase())],
  );
  return rows;
}
