import type { ClientBase } from 'pg';
import {
  addAccounts,
  addContacts,
  addProducts,
  addReps,
  followAccounts,
  followContacts,
  followProducts,
  followReps,
} from '../../transcription/vocabulary/elsewhere/follow-customers.ts';
import type { ImportKind } from '../connectors/import-source.ts';
import type { Found, Taking } from './taking.ts';

/** Adds what is new to the vocabulary. @returns how many. */
export async function addNew(
  client: ClientBase,
  { now, crm, connectorId }: Taking,
  kind: ImportKind,
  fresh: readonly Found[],
): Promise<number> {
  switch (kind) {
    case 'account':
      return addAccounts(
        client,
        fresh.map((one) => ({ ...accountRow(one), externalId: one.ours.key })),
        now,
      );
    case 'contact':
      return addContacts(
        client,
        fresh.flatMap((one) => contactRow(one).map((row) => ({ ...row, externalId: one.ours.key }))),
        now,
      );
    case 'product':
      return addProducts(
        client,
        fresh.map(({ ours, record }) => ({ id: ours.id, externalId: ours.key, name: record.name })),
      );
    case 'owner':
      return addReps(
        client,
        fresh.map(({ ours, record }) => ({
          id: ours.id,
          externalId: `${crm}-${connectorId.slice(-6)}-${record.remoteId}`,
          name: record.name,
          email: record.email ?? '',
        })),
        now,
      );
  }
}

/** Changes what is ours. @returns how many were not so already. */
export async function follow(
  client: ClientBase,
  { now }: Taking,
  kind: ImportKind,
  known: readonly Found[],
): Promise<number> {
  const named = known.filter(({ record }) => record.name !== '');
  switch (kind) {
    case 'account':
      return followAccounts(client, named.map(accountRow), now);
    case 'contact':
      return followContacts(client, named.flatMap(contactRow), now);
    case 'product':
      return followProducts(
        client,
        named.map(({ ours, record }) => ({ id: ours.id, name: record.name })),
      );
    case 'owner':
      return followReps(
        client,
        named.map(({ ours, record }) => ({ id: ours.id, name: record.name })),
      );
  }
}

function accountRow({ ours, record, parentId }: Found) {
  const { name, city, state, region, lifecycle } = record;
  return {
    id: ours.id,
    name,
    city: city ?? null,
    state: state ?? null,
    region: region ?? null,
    lifecycle: lifecycle ?? null,
    ownerId: parentId,
  };
}

function contactRow({ ours, record, parentId }: Found) {
  if (parentId === null) return [];
  return [{ id: ours.id, name: record.name, title: record.title ?? null, accountId: parentId }];
}
