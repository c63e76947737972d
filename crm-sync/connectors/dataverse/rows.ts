import { z } from 'zod';
import type { CrmObjectType } from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import type { CrmHttp } from '../http/crm-http.ts';
import type { RecordLinks } from '../record-links.ts';
import { keyValue } from './key-value.ts';
import type { Table } from './tables.ts';

export type Row = Readonly<Record<string, unknown>>;

const rowsSchema = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().optional(),
});

/** Names in one address; addresses may have some 30,000 characters, keys up to a hundred. */
const KEYS_AT_ONCE = 40;
/** A merged record that was merged again, and once more. */
const MAX_MERGES = 5;

export interface RowFinder {
  /**
   * The rows of our keys as they stand: by the id that we know of, else by the key column. A record that was merged is
   * followed to where it lives on, and the link with it; one that is gone loses its link.
   * @throws CrmError
   */
  find(objectType: CrmObjectType, externalKeys: readonly string[]): Promise<Map<string, Row>>;
}

export function createRowFinder(parts: {
  http: CrmHttp;
  root: string;
  links: RecordLinks;
  keyColumn: string;
  tableOf(objectType: CrmObjectType): Table;
}): RowFinder {
  const { http, root, links, keyColumn, tableOf } = parts;

  async function query(table: Table, column: string, values: readonly string[]): Promise<Row[]> {
    const rows: Row[] = [];
    for (let start = 0; start < values.length; start += KEYS_AT_ONCE) {
      const some = values.slice(start, start + KEYS_AT_ONCE);
      const filter = `Microsoft.Dynamics.CRM.In(PropertyName='${column}',PropertyValues=${JSON.stringify(some)})`;
      let path: string | undefined = `${root}/${table.entitySet}?$filter=${encodeURIComponent(filter)}`;
      while (path !== undefined) {
        const { status, body } = await http.send({ method: 'GET', path });
        if (status >= 400)
          throw new CrmError(
            'connection',
            `Dynamics does not let us read ${table.logicalName}; check the key column and our user's security role, then check the connection.`,
            { status },
          );
        const page = rowsSchema.parse(body);
        rows.push(...page.value);
        path = page['@odata.nextLink'];
      }
    }
    return rows;
  }

  /** Rows by id; merged ones replaced by the survivor, under the id that was asked for. */
  async function byIds(table: Table, ids: readonly string[]): Promise<Map<string, Row>> {
    const found = new Map<string, Row>();
    let open = new Map(ids.map((id) => [id, id]));
    for (let round = 0; round < MAX_MERGES && open.size > 0; round += 1) {
      const rows = new Map(
        (await query(table, table.primaryKey, [...new Set(open.values())])).map((row) => [
          String(row[table.primaryKey]),
          row,
        ]),
      );
      const next = new Map<string, string>();
      for (const [asked, id] of open) {
        const row = rows.get(id);
        const master = row === undefined ? null : mergedInto(row);
        if (master !== null) next.set(asked, master);
        else if (row !== undefined) found.set(asked, row);
      }
      open = next;
    }
    return found;
  }

  return {
    async find(objectType, externalKeys) {
      const table = tableOf(objectType);
      const known = await links.remoteIds(objectType, externalKeys);
      const linked = await byIds(table, [...new Set(known.values())]);
      const found = new Map<string, Row>();
      const lost: string[] = [];
      for (const [key, id] of known) {
        const row = linked.get(id);
        if (row === undefined) lost.push(key);
        else found.set(key, row);
      }
      await links.forget(objectType, lost);

      const unknown = externalKeys.filter((key) => !found.has(key));
      const byValue = new Map(unknown.map((key) => [keyValue(key).toLowerCase(), key]));
      const byKey = unknown.length === 0 ? [] : await query(table, keyColumn, unknown.map(keyValue));
      const masters = await byIds(
        table,
        byKey.flatMap((row) => mergedInto(row) ?? []),
      );
      for (const row of byKey) {
        const key = byValue.get(String(row[keyColumn]).toLowerCase());
        const master = mergedInto(row);
        const survivor = master === null ? row : masters.get(master);
        if (key !== undefined && survivor !== undefined) found.set(key, survivor);
      }
      await links.keep(
        [...found].flatMap(([externalKey, row]) => {
          const remoteId = String(row[table.primaryKey]);
          return known.get(externalKey) === remoteId ? [] : [{ objectType, externalKey, remoteId }];
        }),
      );
      return found;
    },
  };
}

function mergedInto(row: Row): string | null {
  return row.merged === true && typeof row._masterid_value === 'string' ? row._masterid_value : null;
}
