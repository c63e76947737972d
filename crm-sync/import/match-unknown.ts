import type { ClientBase } from 'pg';
import type { ImportKind } from '../connectors/import-source.ts';
import { readUnlinkedAccounts, unlinkedPeople, unlinkedPersons, unlinkedProducts } from './candidates.ts';
import { type Match, matchAccount, matchPerson, matchProduct } from './match.ts';
import { letters } from './name-keys.ts';
import type { Resolved, Taking } from './taking.ts';

/** Which of ours records are that nothing tells by id or key, by the CRM's id. One read a page. */
export async function matchUnknown(
  client: ClientBase,
  taking: Taking,
  kind: ImportKind,
  unknown: readonly Resolved[],
): Promise<Map<string, Match>> {
  if (unknown.length === 0) return new Map();
  const { connectorId, memory } = taking;
  const placeOf = ({ record, parentId }: Resolved) =>
    JSON.stringify([letters(record.name), kind === 'account' ? letters(record.city ?? '') : parentId]);
  const namesakes = new Map<string, number>();
  for (const one of unknown) namesakes.set(placeOf(one), (namesakes.get(placeOf(one)) ?? 0) + 1);
  const each = (match: (one: Resolved, namesakes: number) => Match) =>
    new Map(unknown.map((one) => [one.record.remoteId, match(one, namesakes.get(placeOf(one)) ?? 1)]));

  if (kind === 'account') {
    const accounts = memory.accounts ?? (await readUnlinkedAccounts(client, connectorId));
    memory.accounts = accounts;
    return each(({ record }, count) => matchAccount(record, accounts.alike(record.name), count));
  }
  if (kind === 'contact') {
    const ids = [...new Set(unknown.flatMap(({ parentId }) => parentId ?? []))];
    const people = await unlinkedPeople(client, connectorId, ids);
    return each(({ record, parentId }, count) =>
      matchPerson(record, people.get(parentId ?? '') ?? [], count),
    );
  }
  if (kind === 'product') {
    const products = await unlinkedProducts(client, connectorId);
    return each(({ record }, count) => matchProduct(record, products, count));
  }
  const persons = await unlinkedPersons(client, connectorId, {
    emails: unknown.flatMap(({ record }) => record.email?.toLowerCase() ?? []),
    names: unknown.map(({ record }) => record.name),
  });
  return each(({ record }) => {
    const known = persons.find(({ email }) => email === record.email?.toLowerCase());
    if (known !== undefined) return { is: 'same', id: known.id };
    const named = persons.filter(({ name, hasEmail }) => !hasEmail && letters(name) === letters(record.name));
    return named.length > 0 ? { is: 'doubtful', ids: named.map(({ id }) => id) } : { is: 'new' };
  });
}
