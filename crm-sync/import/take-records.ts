import type { ClientBase } from 'pg';
import {
  deactivate,
  deactivateReps,
  idForNew,
} from '../../transcription/vocabulary/elsewhere/follow-customers.ts';
import type { ImportKind } from '../connectors/import-source.ts';
import { followMerger } from './follow-merger.ts';
import { type Held, hold, release, waitingFor } from './held.ts';
import { type ImportCounts, type Imported, NO_COUNTS, sum } from './imported.ts';
import { keepLinks, type Linked, linkedByRemote, ownByKey } from './links.ts';
import type { Match } from './match.ts';
import { matchUnknown } from './match-unknown.ts';
import { resolveParents } from './resolve-parents.ts';
import type { Found, Resolved, Taking } from './taking.ts';
import { addNew, follow } from './write-records.ts';

/** Whether a person has said already that a record is none of ours. */
export type Asked = 'nobody' | 'new';

/**
 * Takes records of one kind into the vocabulary, in the caller's transaction, which holds VOCABULARY_LOCK:
 * - a merger is followed, a removed record deactivates ours;
 * - one that is linked, or carries our key, changes ours;
 * - one that can be only one of ours is linked to it, one that nothing is like becomes ours;
 * - what may be one of ours, or belongs to what has not come yet, is held.
 * What waited for these is taken after them. Set-based: so many statements a page, not a record. Twice: the same.
 */
export async function takeRecords(
  client: ClientBase,
  taking: Taking,
  kind: ImportKind,
  records: readonly Imported[],
  asked: Asked = 'nobody',
): Promise<ImportCounts> {
  if (records.length === 0) return NO_COUNTS;
  const where = { connectorId: taking.connectorId, kind };
  const byRemote = await findOurs(client, where, records);
  const held: Held[] = [];
  const done = new Set<string>();
  let counts = NO_COUNTS;

  const live: Imported[] = [];
  const goneIds: string[] = [];
  for (const record of records) {
    if (record.mergedInto !== undefined && kind !== 'owner') {
      const merged = await takeMerger(client, taking, record, byRemote.get(record.remoteId));
      if (merged === 'waits') held.push({ record, waitsFor: record.mergedInto, candidateIds: [] });
      else done.add(record.remoteId);
      if (merged === 'merged') counts = sum(counts, { ...NO_COUNTS, merged: 1 });
    } else if (record.removed) {
      const ours = byRemote.get(record.remoteId);
      if (ours !== undefined) goneIds.push(ours.id);
      done.add(record.remoteId);
    } else live.push(record);
  }
  const deactivated = await deactivateOurs(client, where, goneIds, taking.now);

  const { ready, waiting } = await resolveParents(client, taking, live, byRemote);
  held.push(...waiting);
  const known: Found[] = [];
  const unknown: Resolved[] = [];
  for (const one of ready) {
    const ours = byRemote.get(one.record.remoteId);
    if (ours === undefined) unknown.push(one);
    else known.push({ ...one, ours });
  }
  const matches: Map<string, Match> =
    asked === 'new' ? new Map() : await matchUnknown(client, taking, kind, unknown);
  const keys = await keysOf(client, kind, matches);
  const fresh: Found[] = [];
  for (const one of unknown) {
    const match = matches.get(one.record.remoteId) ?? { is: 'new' };
    const key = match.is === 'same' ? keys.get(match.id) : undefined;
    if (match.is === 'doubtful') held.push({ record: one.record, waitsFor: null, candidateIds: match.ids });
    else if (match.is === 'same' && key !== undefined) {
      known.push({ ...one, ours: { id: match.id, key } });
      // The next one that would be the same is another.
      keys.delete(match.id);
      if (kind === 'account') taking.memory.accounts?.take(match.id);
    } else if (mayBeNew(one)) fresh.push({ ...one, ours: newOurs(taking, kind, one.record) });
    else done.add(one.record.remoteId);
  }
  const added = await addNew(client, taking, kind, fresh);
  const changed = await follow(client, taking, kind, known);
  const settled = [...fresh, ...known];
  await keepLinks(
    client,
    where,
    settled.map(({ ours, record }) => ({ key: ours.key, remoteId: record.remoteId })),
  );
  await hold(client, where, held, taking.now);
  const stillHeld = new Set(held.map(({ record }) => record.remoteId));
  for (const { record } of settled) if (!stillHeld.has(record.remoteId)) done.add(record.remoteId);
  await release(client, where, [...done]);
  counts = sum(counts, { added, changed, deactivated, merged: 0 });

  const linkedNow = settled.map(({ record }) => record.remoteId);
  for (const dependent of DEPENDENTS[kind]) {
    const waited = await waitingFor(client, { ...where, kind: dependent }, linkedNow);
    const more = await takeRecords(client, taking, dependent, waited);
    counts = sum(counts, more);
  }
  return counts;
}

/** What may wait for a kind; a merger waits for its own. */
const DEPENDENTS: Record<ImportKind, readonly ImportKind[]> = {
  owner: ['account'],
  account: ['account', 'contact'],
  contact: ['contact'],
  product: ['product'],
};

async function findOurs(
  client: ClientBase,
  where: { connectorId: string; kind: ImportKind },
  records: readonly Imported[],
): Promise<Map<string, Linked>> {
  const linked = await linkedByRemote(
    client,
    where,
    records.map(({ remoteId }) => remoteId),
  );
  const keys = records.flatMap(({ remoteId, externalKey }) =>
    externalKey === undefined || linked.has(remoteId) ? [] : [externalKey],
  );
  const own = await ownByKey(client, where.kind, keys);
  for (const { remoteId, externalKey } of records) {
    const ours = externalKey === undefined ? undefined : own.get(externalKey);
    if (!linked.has(remoteId) && ours !== undefined) linked.set(remoteId, ours);
  }
  return linked;
}

/** `waits`: the record that it became part of has not come yet. */
async function takeMerger(
  client: ClientBase,
  { connectorId, now }: Taking,
  record: Imported,
  loser: Linked | undefined,
): Promise<'merged' | 'waits' | 'nothing'> {
  const { kind, remoteId, mergedInto } = record;
  if (loser === undefined || mergedInto === undefined) return 'nothing';
  const survivor = (await linkedByRemote(client, { connectorId, kind }, [mergedInto])).get(mergedInto);
  if (survivor === undefined) return 'waits';
  const there = { connectorId, kind, remoteId, mergedInto };
  const merged = await followMerger(client, there, { loser, survivor }, now);
  return merged ? 'merged' : 'nothing';
}

/** Those that no record of another CRM stands for. */
async function deactivateOurs(
  client: ClientBase,
  { connectorId, kind }: { connectorId: string; kind: ImportKind },
  ids: readonly string[],
  now: Date,
): Promise<number> {
  if (ids.length === 0) return 0;
  if (kind === 'owner') return deactivateReps(client, ids);
  const { rows } = await client.query<{ id: string }>(
    `select own.id from ${kind} own where own.id = any($2::uuid[]) and not exists (
       select from crm_link link where link.object_type = $3 and link.external_key = own.external_id
         and link.connector_id <> $1)`,
    [connectorId, ids, kind],
  );
  return deactivate(
    client,
    kind,
    rows.map(({ id }) => id),
    now,
  );
}

/** A person without an account, or of the company without an e-mail, is nobody whom a report could name. */
function mayBeNew({ record, parentId }: Resolved): boolean {
  if (record.kind === 'contact') return parentId !== null;
  return record.kind !== 'owner' || (record.email ?? '').includes('@');
}

function newOurs({ crm, connectorId, now }: Taking, kind: ImportKind, { remoteId }: Imported): Linked {
  const id = idForNew(now);
  // Two connections of one sort may give the same numbers.
  return { id, key: kind === 'owner' ? id : `${crm}-${connectorId.slice(-6)}-${remoteId}` };
}

/** What links call them, by id. */
async function keysOf(
  client: ClientBase,
  kind: ImportKind,
  matches: ReadonlyMap<string, Match>,
): Promise<Map<string, string>> {
  const ids = [...matches.values()].flatMap((match) => (match.is === 'same' ? [match.id] : []));
  if (kind === 'owner' || ids.length === 0) return new Map(ids.map((id) => [id, id]));
  const { rows } = await client.query<{ id: string; key: string }>(
    `select id, external_id as key from ${kind} where id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}
