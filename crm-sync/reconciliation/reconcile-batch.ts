import type { ClientBase } from 'pg';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CrmConnector, CrmFieldValue, CrmObjectType } from '../connectors/connector.ts';
import { sameValue } from '../connectors/same-value.ts';
import { type Difference, differencesOf, type Entry, expectationsOf } from './expect.ts';
import { readEntries } from './read-entries.ts';

export interface Batch {
  reconciliationId: string;
  connectorId: string;
  objectType: CrmObjectType;
  keys: readonly string[];
}

/**
 * Looks at some records: what the ledger expects, what the CRM has, and, in one transaction, what differs: new findings
 * are kept, known ones brought up to date, those that are gone closed. Twice: the same.
 *
 * What is written while the CRM is asked is no finding: the ledger is read again at the end, and a field in which
 * something changed in between is left for the next pass.
 *
 * @throws CrmError
 */
export async function reconcileBatch(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  connector: CrmConnector,
  batch: Batch,
): Promise<void> {
  const { objectType } = batch;
  const before = await readEntries(database.pool, batch);
  const wanted = batch.keys.filter((key) => expectationsOf(before.get(key) ?? []).length > 0);
  const snapshots = wanted.length === 0 ? new Map() : await connector.read(objectType, wanted);
  await inTransaction(database.pool, async (client) => {
    const after = await readEntries(client, batch);
    const differences = new Map<string, { difference: Difference; url: string | null }[]>();
    for (const key of wanted) {
      const unchanged = untouched(before.get(key) ?? [], after.get(key) ?? []);
      const snapshot = snapshots.get(key) ?? null;
      const found = differencesOf(expectationsOf(unchanged), snapshot);
      differences.set(
        key,
        found.map((difference) => ({ difference, url: snapshot?.url ?? null })),
      );
    }
    const { found, vanished } = await keepFindings(client, batch, differences, clock.now());
    await client.query(
      `update reconciled_record set checked_at = $4
       where connector_id = $1 and object_type = $2 and external_key = any($3::text[])`,
      [batch.connectorId, objectType, batch.keys, clock.now()],
    );
    await client.query(
      `update reconciliation set records = records + $2, found = found + $3, vanished = vanished + $4 where id = $1`,
      [batch.reconciliationId, batch.keys.length, found, vanished],
    );
  });
}

/** Those of fields in which nothing happened meanwhile. */
function untouched(before: readonly Entry[], after: readonly Entry[]): Entry[] {
  const stateOf = (entries: readonly Entry[], field: string) =>
    JSON.stringify(
      entries
        .filter(({ targetField }) => targetField === field)
        .map(({ id, status, writtenAt }) => [id, status, writtenAt]),
    );
  return after.filter(({ targetField }) => stateOf(before, targetField) === stateOf(after, targetField));
}

interface Known {
  id: string;
  externalKey: string;
  kind: Difference['kind'];
  targetField: string;
  syncEntryId: string;
  theirs: CrmFieldValue;
  matches: number | null;
  settledAt: Date | null;
}

/** Locks the findings of these records, so that a person who settles one comes before or after. */
async function keepFindings(
  client: ClientBase,
  { connectorId, objectType, keys }: Batch,
  differences: ReadonlyMap<string, readonly { difference: Difference; url: string | null }[]>,
  now: Date,
): Promise<{ found: number; vanished: number }> {
  const { rows: known } = await client.query<Known>(
    `select id, external_key as "externalKey", kind::text, target_field as "targetField",
            sync_entry_id as "syncEntryId", theirs, matches, settled_at as "settledAt"
     from reconciliation_finding
     where connector_id = $1 and object_type = $2 and external_key = any($3::text[])
       and (settled_at is null or remedy = 'ignore')
     order by id for update`,
    [connectorId, objectType, keys],
  );
  const open = known.filter(({ settledAt }) => settledAt === null);
  const seen = new Set<string>();
  const made: object[] = [];
  for (const [externalKey, list] of differences) {
    for (const { difference, url } of list) {
      const ofThis = known.filter((each) => each.externalKey === externalKey && isSame(each, difference));
      const standing = ofThis.find(({ settledAt }) => settledAt === null);
      const isIgnored = ofThis.some(
        ({ settledAt, kind, theirs, matches }) =>
          settledAt !== null &&
          kind === difference.kind &&
          matches === difference.matches &&
          sameValue(theirs, difference.theirs),
      );
      if (isIgnored) continue;
      if (standing !== undefined) seen.add(standing.id);
      const { entryId: syncEntryId, field, ...rest } = difference;
      made.push({
        id: standing?.id ?? newId(now.getTime()),
        externalKey,
        syncEntryId,
        targetField: field,
        url,
        ...rest,
      });
    }
  }
  if (made.length > 0) {
    await client.query(
      `insert into reconciliation_finding (id, connector_id, object_type, external_key, kind, target_field,
         sync_entry_id, ours, theirs, matches, url, found_at, seen_at)
       select f.id, $1, $2, f."externalKey", f.kind::finding_kind, f."targetField", f."syncEntryId", f.ours, f.theirs,
              f.matches, f.url, $4, $4
       from jsonb_to_recordset($3::jsonb) as f(id uuid, "externalKey" text, kind text, "targetField" text,
         "syncEntryId" uuid, ours jsonb, theirs jsonb, matches int, url text)
       on conflict (id) do update set kind = excluded.kind, sync_entry_id = excluded.sync_entry_id,
         ours = excluded.ours, theirs = excluded.theirs, matches = excluded.matches, url = excluded.url,
         seen_at = excluded.seen_at`,
      [connectorId, objectType, JSON.stringify(made), now],
    );
  }
  const gone = open.filter(({ id }) => !seen.has(id)).map(({ id }) => id);
  if (gone.length > 0) {
    await client.query(
      `update reconciliation_finding set settled_at = $2, remedy = 'vanished' where id = any($1::uuid[])`,
      [gone, now],
    );
  }
  return { found: made.length - seen.size, vanished: gone.length };
}

/** Of a field by the write that is not there; of a record as a whole by what is the matter with it. */
function isSame(known: Known, difference: Difference): boolean {
  if (difference.field === '') return known.targetField === '' && known.kind === difference.kind;
  return known.targetField === difference.field && known.syncEntryId === difference.entryId;
}
