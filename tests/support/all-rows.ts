import pg from 'pg';

/** Every table of the domain and the queue, `schema.table`; the list of migrations is nobody's to change. */
export const ALL_TABLES = `select c.oid::regclass::text as name from pg_class c
  where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'bullmq')
    and c.relname <> '_prisma_migrations' order by 1`;

/** Every row of a database as JSON, by table; tables without any are left out. */
export async function readAllRows(connectionString: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(ALL_TABLES);
    const rows: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const read = await client.query<{ all: string | null }>(
        `select json_agg(t order by t::text)::text as all from ${name} t`,
      );
      const all = read.rows[0]?.all;
      if (all) rows[name] = all;
    }
    return rows;
  } finally {
    await client.end();
  }
}
