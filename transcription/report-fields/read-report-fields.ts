/** The company's own fields as they are kept: append-only versions by key, of which the newest is in force. */
import { z } from 'zod';
import type { Database } from '../../platform/database/database.ts';
import { FIELD_TYPES, type FieldDefinition } from './field-definition.ts';

export interface ReportFieldVersion extends FieldDefinition {
  version: number;
  active: boolean;
  createdAt: Date;
  author: string | null;
  /** How many values reports have of it, of this version or another. */
  values: number;
}

interface Row {
  key: string;
  version: number;
  label: string;
  description: string;
  type: string;
  options: unknown;
  cues: string[];
  examples: string[];
  minConfidence: number | null;
  active: boolean;
  createdAt: Date;
  author: string | null;
  values: number;
}

const storedOptions = z.array(z.object({ value: z.string(), words: z.array(z.string()) })).catch([]);
const storedType = z.enum(FIELD_TYPES);

const COLUMNS = `
  field.key, field.version, field.label, field.description, field.data_type as type, field.options, field.cues,
  field.examples, field.min_confidence as "minConfidence", field.active, field.created_at as "createdAt",
  author.name as author`;
const WITH_AUTHOR = 'report_field as field left join app_user as author on author.id = field.author_id';

/** A row of a type that this program doesn't know is left out. */
function toVersion(row: Row): ReportFieldVersion[] {
  const type = storedType.safeParse(row.type);
  return type.success ? [{ ...row, type: type.data, options: storedOptions.parse(row.options) }] : [];
}

/**
 * Every field's newest version, those in use first, in the order in which they were first defined. In: nothing. Locks
 * nothing.
 */
export async function listReportFields({ pool }: Pick<Database, 'pool'>): Promise<ReportFieldVersion[]> {
  const { rows } = await pool.query<Row>({
    name: 'report-fields',
    text: `
      select ${COLUMNS}, (select count(*)::int from field_value v where v.field = field.key) as values
      from ${WITH_AUTHOR}
      join (select key, max(version) as version, min(created_at) as since from report_field group by key) as newest
        on newest.key = field.key and newest.version = field.version
      order by field.active desc, newest.since, field.key`,
  });
  return rows.flatMap(toVersion);
}

/** The fields that are looked for in new texts. */
export async function readFieldsInForce(database: Pick<Database, 'pool'>): Promise<FieldDefinition[]> {
  return (await listReportFields(database)).filter(({ active }) => active);
}

/** All versions of one field, the newest first; empty when there is none of that key. */
export async function readFieldHistory(
  { pool }: Pick<Database, 'pool'>,
  key: string,
): Promise<ReportFieldVersion[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS}, (select count(*)::int from field_value v where v.field = field.key) as values
     from ${WITH_AUTHOR} where field.key = $1 order by field.version desc`,
    [key],
  );
  return rows.flatMap(toVersion);
}
