import type { Tx } from '../../../platform/database/database.ts';

/** A table, which of its rows, and where in them words may be. */
export interface FamilyTable {
  table: string;
  /** SQL over a row of the table: whether the row is meant. Of a dictation's family, `$1` being dictations' ids. */
  belongs: string;
  keys: { name: string; type: string }[];
  /** Columns that may hold words. */
  columns: { name: string; kind: 'text' | 'list' | 'json'; nullable?: boolean }[];
}

interface Reference {
  child: string;
  column: string;
  parent: string;
}

const KINDS = new Map<string, FamilyTable['columns'][number]['kind']>([
  ['text', 'text'],
  ['varchar', 'text'],
  ['_text', 'list'],
  ['json', 'json'],
  ['jsonb', 'json'],
]);

/**
 * Every table with rows that belong to a dictation, however far down: found by the foreign keys that the database
 * has, so that a table which is added later is among them. In: nothing. Locks nothing.
 */
export async function readFamilyTables(tx: Pick<Tx, '$queryRawUnsafe'>): Promise<FamilyTable[]> {
  const references = await tx.$queryRawUnsafe<Reference[]>(
    `select child.relname as child, a.attname as column, parent.relname as parent
     from pg_constraint c
     join pg_class child on child.oid = c.conrelid join pg_class parent on parent.oid = c.confrelid
     join pg_namespace n on n.oid = child.relnamespace and n.nspname = 'public'
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and cardinality(c.conkey) = 1
     order by 1, 2`,
  );
  const columns = await tx.$queryRawUnsafe<
    { table: string; name: string; type: string; nullable: boolean }[]
  >(
    `select c.relname as table, a.attname as name, t.typname as type, not a.attnotnull as nullable
     from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid
     where c.relkind = 'r' and a.attgenerated = '' order by c.relname, a.attnum`,
  );
  const keys = await tx.$queryRawUnsafe<{ table: string; name: string; type: string }[]>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type
     from pg_index i join pg_class c on c.oid = i.indrelid
     join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
     where i.indisprimary`,
  );
  const belongs = new Map([['dictation', '"dictation"."id" = any($1::uuid[])']]);
  for (const [parent, condition] of belongs) {
    for (const { child, column } of references.filter((each) => each.parent === parent)) {
      // What one dictation has to do with another is not told by a table's shape; the caller names them all.
      if (belongs.has(child)) continue;
      belongs.set(child, `"${child}"."${column}" in (select id from "${parent}" where ${condition})`);
    }
  }
  return [...belongs].map(([table, condition]) => ({
    table,
    belongs: condition,
    keys: keys.filter((key) => key.table === table).map(({ name, type }) => ({ name, type })),
    columns: columns.flatMap(({ table: of, name, type, nullable }) => {
      const kind = KINDS.get(type);
      return of === table && kind ? [{ name, kind, nullable }] : [];
    }),
  }));
}
