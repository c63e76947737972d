import type { Platform } from '../../platform/platform.ts';
import type { CrmDataType, CrmFieldValue, CrmObjectType } from '../connectors/connector.ts';
import { crmValueSchema, objectTypeSchema } from '../ledger/desired.ts';

type Needs = Pick<Platform, 'database'>;

export interface RecordRow {
  id: string;
  objectType: CrmObjectType;
  externalKey: string;
  name: string;
  account: { id: string; name: string } | null;
  revision: number;
  updatedAt: Date;
}

export interface RecordPage {
  /** Of everything that matches, not of this page. */
  total: number;
  records: RecordRow[];
  /** For the next page, as `after`; null on the last. */
  next: { name: string; id: string } | null;
}

/**
 * Records of one type by name, or those whose name or values hold what was typed. One page and the total, no lock.
 */
export async function listRecords(
  { database }: Needs,
  {
    objectType,
    search = '',
    after = null,
    limit = 50,
  }: {
    objectType: CrmObjectType;
    search?: string;
    after?: { name: string; id: string } | null;
    limit?: number;
  },
): Promise<RecordPage> {
  const pattern = search.trim() === '' ? null : `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const matching = `record.object_type = $1 and ($2::text is null or record.name ilike $2
      or exists (select from crm_value as v
                 where v.record_id = record.id and v.superseded_at is null and v.display ilike $2))`;
  const [page, count] = await Promise.all([
    database.pool.query<RecordQueryRow>(
      `select ${RECORD_COLUMNS}
       from crm_record as record left join crm_record as account on account.id = record.account_record_id
       where ${matching} and ($3::text is null or (record.name, record.id) > ($3, $4::uuid))
       order by record.name, record.id limit $5`,
      [objectType, pattern, after?.name ?? null, after?.id ?? null, limit + 1],
    ),
    database.pool.query<{ total: number }>(
      `select count(*)::int as total from crm_record as record where ${matching}`,
      [objectType, pattern],
    ),
  ]);
  const records = page.rows.slice(0, limit).map(toRecordRow);
  const last = records.at(-1);
  return {
    total: count.rows[0]?.total ?? 0,
    records,
    next: page.rows.length > limit && last !== undefined ? { name: last.name, id: last.id } : null,
  };
}

interface RecordQueryRow extends Omit<RecordRow, 'account' | 'objectType'> {
  objectType: string;
  accountId: string | null;
  accountName: string | null;
}

const RECORD_COLUMNS = `
  record.id, record.object_type as "objectType", record.external_key as "externalKey", record.name,
  record.revision, record.updated_at as "updatedAt", account.id as "accountId", account.name as "accountName"`;

function toRecordRow({ accountId, accountName, objectType, ...row }: RecordQueryRow): RecordRow {
  return {
    ...row,
    objectType: objectTypeSchema.parse(objectType),
    account: accountId !== null && accountName !== null ? { id: accountId, name: accountName } : null,
  };
}

/** A value with where it comes from. */
export interface CrmValueView {
  id: string;
  value: CrmFieldValue;
  display: string;
  setAt: Date;
  supersededAt: Date | null;
  origin: 'dictaline' | 'person' | 'import';
  confirmedBy: { id: string; name: string } | null;
  report: { id: string; reference: string } | null;
  unit: { id: string; number: number } | null;
}

export interface FieldView {
  key: string;
  label: string;
  dataType: CrmDataType;
  options: string[];
  /** Null: empty, and never was anything else or was emptied (see history). */
  current: CrmValueView | null;
  /** Number of values that the field had before. */
  earlierValues: number;
}

export interface RecordDetail extends RecordRow {
  fields: FieldView[];
  /** Contacts, activities, tasks and deals of an account, newest first. */
  children: RecordRow[];
}

const CHILDREN = 200;

/** A record with all its fields, filled or not, and what belongs to it; null when there is none. */
export async function recordDetail({ database }: Needs, recordId: string): Promise<RecordDetail | null> {
  const { pool } = database;
  const { rows } = await pool.query<RecordQueryRow>(
    `select ${RECORD_COLUMNS}
     from crm_record as record left join crm_record as account on account.id = record.account_record_id
     where record.id = $1`,
    [recordId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const record = toRecordRow(row);
  const [fields, values, counts, children] = await Promise.all([
    pool.query<{ key: string; label: string; dataType: CrmDataType; options: string[] }>(
      `select key, label, data_type as "dataType", options from crm_field
       where object_type = $1 order by position, key`,
      [record.objectType],
    ),
    readValues(database, `value.record_id = $1 and value.superseded_at is null`, [recordId]),
    pool.query<{ field: string; earlier: number }>(
      `select field, count(*)::int as earlier from crm_value
       where record_id = $1 and superseded_at is not null group by field`,
      [recordId],
    ),
    pool.query<RecordQueryRow>(
      `select ${RECORD_COLUMNS}
       from crm_record as record left join crm_record as account on account.id = record.account_record_id
       where record.account_record_id = $1 order by record.created_at desc, record.id desc limit ${CHILDREN}`,
      [recordId],
    ),
  ]);
  const current = new Map(values.map(({ field, ...value }) => [field, value]));
  const earlier = new Map(counts.rows.map((count) => [count.field, count.earlier]));
  return {
    ...record,
    fields: fields.rows.map((field) => {
      const value = current.get(field.key) ?? null;
      return {
        ...field,
        current: value?.value === null ? null : value,
        earlierValues: earlier.get(field.key) ?? 0,
      };
    }),
    children: children.rows.map(toRecordRow),
  };
}

/** The record of an account, contact or other by our key; null when the CRM has none yet. */
export async function findRecordId(
  { database }: Needs,
  objectType: CrmObjectType,
  externalKey: string,
): Promise<string | null> {
  const record = await database.prisma.crmRecord.findUnique({
    where: { objectType_externalKey: { objectType, externalKey } },
    select: { id: true },
  });
  return record?.id ?? null;
}

/** Every value that a field had, newest first: who or what wrote it, when and why. */
export async function fieldHistory(
  { database }: Needs,
  { recordId, field }: { recordId: string; field: string },
): Promise<CrmValueView[]> {
  const values = await readValues(database, 'value.record_id = $1 and value.field = $2', [recordId, field]);
  return values.map(({ field: _, ...value }) => value);
}

/** From a value of the CRM to the words and the second of audio. */
export interface ValueSource {
  report: { id: string; reference: string };
  /** Null where the value is drawn from the whole report. */
  unit: { id: string; number: number; text: string; retired: boolean } | null;
  transcriptVersion: number;
  audio: { dictationId: string; startMs: number; endMs: number } | null;
  speaker: { id: string; name: string } | null;
  calledAt: Date;
}

/** "Where does this come from?"; null when a person typed it, it was imported, or its report is gone. */
export async function whereFrom({ database }: Needs, valueId: string): Promise<ValueSource | null> {
  const { rows } = await database.pool.query<{
    reportId: string;
    reference: string;
    dictationId: string;
    unitId: string | null;
    number: number | null;
    text: string | null;
    retired: boolean | null;
    startMs: number | null;
    endMs: number | null;
    version: number;
    speakerId: string | null;
    speakerName: string | null;
    calledAt: Date;
  }>(
    `select report.id as "reportId", dictation.reference, report.dictation_id as "dictationId",
            unit.id as "unitId", unit.number, unit.text, unit.retired,
            unit.audio_start_ms as "startMs", unit.audio_end_ms as "endMs",
            transcript.version, speaker.id as "speakerId", speaker.name as "speakerName",
            report.called_at as "calledAt"
     from crm_value as value
     join report on report.id = value.report_id
     join dictation on dictation.id = report.dictation_id
     left join thought_unit as unit on unit.id = value.unit_id
     join transcript on transcript.id = coalesce(unit.transcript_id, report.transcript_id)
     left join app_user as speaker on speaker.id = report.speaker_id
     where value.id = $1`,
    [valueId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    report: { id: row.reportId, reference: row.reference },
    unit:
      row.unitId !== null && row.number !== null
        ? { id: row.unitId, number: row.number, text: row.text ?? '', retired: row.retired ?? false }
        : null,
    transcriptVersion: row.version,
    audio:
      row.startMs !== null && row.endMs !== null
        ? { dictationId: row.dictationId, startMs: row.startMs, endMs: row.endMs }
        : null,
    speaker:
      row.speakerId !== null && row.speakerName !== null
        ? { id: row.speakerId, name: row.speakerName }
        : null,
    calledAt: row.calledAt,
  };
}

/** `where` is ours, never typed by anybody. */
async function readValues(
  { pool }: Platform['database'],
  where: string,
  parameters: readonly string[],
): Promise<(CrmValueView & { field: string })[]> {
  const { rows } = await pool.query<{
    id: string;
    field: string;
    value: unknown;
    display: string;
    setAt: Date;
    supersededAt: Date | null;
    origin: CrmValueView['origin'];
    confirmedById: string | null;
    confirmedByName: string | null;
    reportId: string | null;
    reference: string | null;
    unitId: string | null;
    unitNumber: number | null;
  }>(
    `select value.id, value.field, value.value, value.display, value.set_at as "setAt",
            value.superseded_at as "supersededAt", value.origin, person.id as "confirmedById",
            person.name as "confirmedByName", report.id as "reportId", dictation.reference,
            unit.id as "unitId", unit.number as "unitNumber"
     from crm_value as value
     left join app_user as person on person.id = value.confirmed_by_id
     left join report on report.id = value.report_id
     left join dictation on dictation.id = report.dictation_id
     left join thought_unit as unit on unit.id = value.unit_id
     where ${where}
     order by value.set_at desc, value.superseded_at desc nulls first, value.id desc`,
    [...parameters],
  );
  return rows.map((row) => ({
    id: row.id,
    field: row.field,
    value: crmValueSchema.parse(row.value),
    display: row.display,
    setAt: row.setAt,
    supersededAt: row.supersededAt,
    origin: row.origin,
    confirmedBy:
      row.confirmedById !== null && row.confirmedByName !== null
        ? { id: row.confirmedById, name: row.confirmedByName }
        : null,
    report:
      row.reportId !== null && row.reference !== null ? { id: row.reportId, reference: row.reference } : null,
    unit: row.unitId !== null && row.unitNumber !== null ? { id: row.unitId, number: row.unitNumber } : null,
  }));
}
