import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { inTransaction } from '../../../platform/database/in-transaction.ts';

export interface DumpedRow {
  table: string;
  /** Where it lies: page and place. */
  ctid: string;
  /** The transaction that wrote it. */
  xmin: string;
  /** All columns as JSON. */
  text: string;
  columns: Record<string, unknown>;
}

export interface Dump {
  rows: DumpedRow[];
  log: string;
  /** Keys and contents of the object storage. */
  objects: { key: string; content: string }[];
}

/** Everything that is kept: each row of each table of each schema, queue included; the log; the object storage. */
export async function takeDump(
  pool: pg.Pool,
  { log, objectsFolder }: { log: string; objectsFolder: string },
): Promise<Dump> {
  const rows = await inTransaction(pool, readRows);
  return { rows, log, objects: await readObjects(objectsFolder) };
}

/** The rows as one transaction sees them, its own changes included. */
export async function readRows(client: pg.ClientBase): Promise<DumpedRow[]> {
  await client.query(`set local time zone 'UTC'`);
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );
  const rows: DumpedRow[] = [];
  for (const { schema, name } of tables) {
    const table = schema === 'public' ? name : `${schema}.${name}`;
    const { rows: found } = await client.query<Omit<DumpedRow, 'table'>>(
      `select t.ctid::text, t.xmin::text, to_jsonb(t)::text as text, to_jsonb(t) as columns
       from "${schema}"."${name}" t order by t.ctid`,
    );
    rows.push(...found.map((row) => ({ ...row, table })));
  }
  return rows;
}

async function readObjects(folder: string): Promise<Dump['objects']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => ({
      key: path.relative(folder, file),
      content: await readFile(file, 'latin1'),
    })),
  );
}
