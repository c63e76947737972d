import type { ClientBase } from 'pg';
import type { Held } from './held.ts';
import type { Imported } from './imported.ts';
import { type Linked, linkedByRemote } from './links.ts';
import type { Resolved, Taking } from './taking.ts';

/** Finds ours of what records belong to. */
export async function resolveParents(
  client: ClientBase,
  { connectorId, kinds }: Taking,
  records: readonly Imported[],
  byRemote: ReadonlyMap<string, Linked>,
): Promise<{ ready: Resolved[]; waiting: Held[] }> {
  const parentOf = ({ kind, ownerRemoteId, accountRemoteId }: Imported) =>
    (kind === 'account' ? ownerRemoteId : kind === 'contact' ? accountRemoteId : '') || null;
  const parentKind = records[0]?.kind === 'account' ? 'owner' : 'account';
  const parents = await linkedByRemote(
    client,
    { connectorId, kind: parentKind },
    records.flatMap((record) => parentOf(record) ?? []),
  );
  const ready: Resolved[] = [];
  const waiting: Held[] = [];
  for (const record of records) {
    const remote = parentOf(record);
    const parent = remote === null ? undefined : parents.get(remote);
    if (remote !== null && parent === undefined && kinds.includes(parentKind)) {
      waiting.push({ record, waitsFor: remote, candidateIds: [] });
      // An account needs no owner to be one; a person can't be without an account.
      if (record.kind === 'contact') continue;
    }
    ready.push({ record, parentId: parent?.id ?? null });
  }
  await fillAccounts(client, ready, byRemote);
  return { ready, waiting };
}

/** A contact that belongs to no account at the CRM stays where it is with us. */
async function fillAccounts(
  client: ClientBase,
  ready: Resolved[],
  byRemote: ReadonlyMap<string, Linked>,
): Promise<void> {
  const bare = ready.filter(({ record, parentId }) => record.kind === 'contact' && parentId === null);
  const ids = bare.flatMap(({ record }) => byRemote.get(record.remoteId)?.id ?? []);
  if (ids.length === 0) return;
  const { rows } = await client.query<{ id: string; accountId: string }>(
    'select id, account_id as "accountId" from contact where id = any($1::uuid[])',
    [ids],
  );
  const accounts = new Map(rows.map((row) => [row.id, row.accountId]));
  for (const one of bare) one.parentId = accounts.get(byRemote.get(one.record.remoteId)?.id ?? '') ?? null;
}
