import type { RecordLinks } from '../record-links.ts';
import type { Row, SalesforceApi } from './salesforce-api.ts';
import { type Found, foundOf, type RowContext, textOrNull } from './snapshots.ts';
import { canBeMerged } from './sobjects.ts';
import { either, oneOf } from './soql.ts';

export interface FindDeps {
  api: SalesforceApi;
  links: RecordLinks;
  keyField: string;
}

/** `FIELDS(ALL)` is given for so many rows at a time. */
const MAX_ROWS = 200;
/** Keeps most queries short enough for an address. */
const KEYS_A_QUERY = 50;
/** Merged into one that was merged into another; more than this is a circle. */
const MAX_MERGES = 5;

/** The query for rows by id or by our key. With `FIELDS(ALL)` a field that is gone is left out, not an error. */
export function rowsQuery(
  sObject: string,
  keyField: string,
  { ids, keys }: { ids: readonly string[]; keys: readonly string[] },
): string {
  const condition = either(oneOf('Id', ids), oneOf(keyField, keys)) ?? 'Id = null';
  return `SELECT FIELDS(ALL) FROM ${sObject} WHERE ${condition} LIMIT ${MAX_ROWS}`;
}

/**
 * The records that our keys stand for, by key: those that are linked, or else carry our key. A record that was merged
 * into another lives on there, and the link moves with it; the link of one that was deleted is forgotten. Archived
 * activities are found, too.
 */
export async function findRecords(
  { api, links, keyField }: FindDeps,
  context: RowContext,
  externalKeys: readonly string[],
): Promise<Map<string, Found>> {
  const keys = [...new Set(externalKeys)];
  if (keys.length === 0) return new Map();
  const { objectType, sObject } = context;
  const linkedIds = await links.remoteIds(objectType, keys);
  const rows = new Map<string, Row>();
  let at: Date | null = null;

  async function load(wanted: { ids: readonly string[]; keys: readonly string[] }): Promise<void> {
    const found = await api.queryAll(rowsQuery(sObject, keyField, wanted));
    for (const row of found.rows) rows.set(String(row.Id), row);
    if (at === null || (found.at !== null && found.at < at)) at = found.at;
    if (found.rows.length < MAX_ROWS || wanted.keys.length < 2) return;
    // Deleted ones with the same keys may have crowded others out.
    const middle = Math.ceil(wanted.keys.length / 2);
    await load({ ids: wanted.ids, keys: wanted.keys.slice(0, middle) });
    await load({ ids: [], keys: wanted.keys.slice(middle) });
  }

  for (let start = 0; start < keys.length; start += KEYS_A_QUERY) {
    const part = keys.slice(start, start + KEYS_A_QUERY);
    await load({ ids: part.flatMap((key) => linkedIds.get(key) ?? []), keys: part });
  }
  for (let round = 0; round < MAX_MERGES && canBeMerged(sObject); round += 1) {
    const masters = [...rows.values()].flatMap((row) => masterOf(row) ?? []).filter((id) => !rows.has(id));
    if (masters.length === 0) break;
    await load({ ids: [...new Set(masters)], keys: [] });
  }

  const chosen = keys.flatMap((externalKey) => {
    const linkedId = linkedIds.get(externalKey);
    const linked = linkedId === undefined ? null : survivorOf(rows.get(linkedId), rows);
    const withKey = [...rows.values()].filter((row) => row[keyField] === externalKey);
    const alive = withKey.filter((row) => row.IsDeleted !== true);
    const row =
      linked ??
      oldest(alive) ??
      oldest(
        withKey.flatMap((each): Row[] => {
          const survivor = survivorOf(each, rows);
          return survivor === null ? [] : [survivor];
        }),
      );
    if (row === null) return [];
    const others = alive.filter((each) => each.Id !== row.Id).length;
    return [{ row, externalKey, matches: others + 1, linked: linked !== null }];
  });

  const found = await foundOf(chosen, context, at);
  const gone = [...linkedIds.keys()].filter((key) => !chosen.some((each) => each.externalKey === key));
  await links.forget(objectType, gone);
  await links.keep(
    chosen
      .filter(
        ({ row, externalKey, matches, linked }) =>
          (linked || matches === 1) && linkedIds.get(externalKey) !== row.Id,
      )
      .map(({ row, externalKey }) => ({ objectType, externalKey, remoteId: String(row.Id) })),
  );
  return new Map(found.map((each) => [each.snapshot.externalKey, each]));
}

/** The row itself, or the one that it was merged into; null when that is gone. */
function survivorOf(row: Row | undefined, rows: ReadonlyMap<string, Row>): Row | null {
  let current = row;
  for (let round = 0; round <= MAX_MERGES && current !== undefined; round += 1) {
    if (current.IsDeleted !== true) return current;
    const master = masterOf(current);
    current = master === null ? undefined : rows.get(master);
  }
  return null;
}

function masterOf(row: Row): string | null {
  return row.IsDeleted === true ? textOrNull(row.MasterRecordId) : null;
}

function oldest(rows: readonly Row[]): Row | null {
  const sorted = [...rows].sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
  return sorted[0] ?? null;
}

function orderOf({ CreatedDate, Id }: Row): string {
  return `${String(CreatedDate ?? '')} ${String(Id)}`;
}
