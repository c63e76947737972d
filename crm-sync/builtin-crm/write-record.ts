import type { ClientBase } from 'pg';
import { newId } from '../../platform/new-id.ts';
import type {
  CrmFieldDefinition,
  CrmFieldValue,
  CrmObjectType,
  CrmReference,
  CrmSnapshot,
  CrmWrite,
  CrmWriteResult,
} from '../connectors/connector.ts';
import { isEmpty, sameValue } from '../connectors/same-value.ts';
import { whyNotAllowed } from './field-types.ts';

interface LockedRecord {
  id: string;
  revision: number;
  made: boolean;
}

/**
 * Writes one record of the built-in CRM within the caller's transaction.
 *
 * In: the record's key, its fields with their idempotency keys, the revision that the writer saw, the time that it
 * is written at. Out: what became of it. Locks the record's row (and makes it first where it is missing and may be made), so two writers of one
 * record take turns and the second sees the first one's revision. A field whose idempotency key was taken before is
 * passed over whatever the revision is; if nothing remains the answer is `unchanged`.
 */
export async function writeRecord(
  client: ClientBase,
  write: CrmWrite,
  { definitions, at }: { definitions: ReadonlyMap<string, CrmFieldDefinition>; at: Date },
): Promise<CrmWriteResult> {
  for (const { field, value } of write.fields) {
    const definition = definitions.get(field);
    const problem =
      definition === undefined
        ? `The ${write.objectType} has no field “${field}”; add it to the CRM or change the mapping.`
        : whyNotAllowed(definition, value);
    if (problem !== null) return { status: 'permanent', message: problem, field };
  }

  const record = await lockRecord(client, write, at);
  if (record === null) {
    if (typeof write.expectedRevision === 'string') return { status: 'conflict', current: null };
    return {
      status: 'permanent',
      message: `The CRM has no ${write.objectType} with the key ${write.externalKey}; import it or correct the key.`,
      field: null,
    };
  }

  const taken = await takenKeys(
    client,
    write.fields.map((field) => field.idempotencyKey),
  );
  const open = write.fields.filter((field) => !taken.has(field.idempotencyKey));
  if (write.fields.length > 0 && open.length === 0)
    return { status: 'unchanged', revision: String(record.revision) };

  const seen = record.made ? null : String(record.revision);
  if (write.expectedRevision !== undefined && write.expectedRevision !== seen) {
    return { status: 'conflict', current: await readSnapshot(client, write.objectType, write.externalKey) };
  }

  const current = await currentValues(client, record.id);
  const changes = open.filter(({ field, value }) => !sameValue(current[field], value));
  await setValues(client, record.id, changes, at);
  const linked = await linkToAccount(client, record.id, write.links, at);
  const renamed = await rename(client, record.id, write.create?.name ?? null);
  if (!record.made && changes.length === 0 && !linked && !renamed)
    return { status: 'unchanged', revision: String(record.revision) };
  if (record.made) return { status: 'written', revision: String(record.revision) };
  const { rows } = await client.query<{ revision: number }>(
    `update crm_record set revision = revision + 1, updated_at = $2 where id = $1 returning revision`,
    [record.id, at],
  );
  return { status: 'written', revision: String(rows[0]?.revision ?? record.revision) };
}

/** The values come into force and those before them go out of it: two statements, however many fields there are. */
async function setValues(
  client: ClientBase,
  recordId: string,
  changes: CrmWrite['fields'],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const column = <T>(of: (change: CrmWrite['fields'][number]) => T) => changes.map(of);
  const fields = column(({ field }) => field);
  await client.query(
    `update crm_value set superseded_at = $3
     where record_id = $1 and field = any($2::text[]) and superseded_at is null`,
    [recordId, fields, at],
  );
  await client.query(
    `insert into crm_value
       (id, record_id, field, value, display, origin, report_id, unit_id, confirmed_by_id, write_key, set_at, superseded_at)
     select id, $1::uuid, field, value::jsonb, display, origin, report_id, unit_id, confirmed_by_id, write_key,
            $2::timestamptz, case when in_force then null else $2::timestamptz end
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::uuid[],
                 $11::text[], $12::boolean[])
       as new (id, field, value, display, origin, report_id, unit_id, confirmed_by_id, write_key, in_force)`,
    [
      recordId,
      at,
      column(() => newId()),
      fields,
      column(({ value }) => JSON.stringify(value)),
      column(({ display }) => display),
      column(({ origin }) => origin.kind),
      column(({ origin }) => origin.reportId ?? null),
      column(({ origin }) => origin.unitId ?? null),
      column(({ origin }) => origin.confirmedById ?? null),
      column(({ idempotencyKey }) => idempotencyKey),
      // Of several for one field the last counts.
      changes.map(({ field }, position) => fields.lastIndexOf(field) === position),
    ],
  );
}

async function lockRecord(client: ClientBase, write: CrmWrite, at: Date): Promise<LockedRecord | null> {
  // A writer who saw a record must not make it anew: it was deleted meanwhile, and that is a conflict.
  const mayMake = typeof write.expectedRevision !== 'string';
  const made =
    mayMake &&
    write.create !== null &&
    (await makeRecord(client, { ...write, name: write.create.name }, at)) !== null;
  const { rows } = await client.query<{ id: string; revision: number }>(
    `select id, revision from crm_record where object_type = $1 and external_key = $2 for update`,
    [write.objectType, write.externalKey],
  );
  const row = rows[0];
  return row === undefined ? null : { ...row, made };
}

/** The id of the record when it had to be made, null when it was there. */
async function makeRecord(client: ClientBase, reference: CrmReference, at: Date): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `insert into crm_record (id, object_type, external_key, name, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $5)
     on conflict (object_type, external_key) do nothing returning id`,
    [newId(), reference.objectType, reference.externalKey, reference.name, at],
  );
  return rows[0]?.id ?? null;
}

/** True when the record was not linked to this account before. The account is made where it is missing. */
async function linkToAccount(
  client: ClientBase,
  recordId: string,
  links: CrmReference[],
  at: Date,
): Promise<boolean> {
  const account = links.find((link) => link.objectType === 'account');
  if (account === undefined) return false;
  await makeRecord(client, account, at);
  const { rowCount } = await client.query(
    `update crm_record set account_record_id = account.id
     from crm_record as account
     where crm_record.id = $1 and account.object_type = 'account' and account.external_key = $2
       and crm_record.account_record_id is distinct from account.id`,
    [recordId, account.externalKey],
  );
  return rowCount === 1;
}

async function rename(client: ClientBase, recordId: string, name: string | null): Promise<boolean> {
  if (name === null || name === '') return false;
  const { rowCount } = await client.query(`update crm_record set name = $2 where id = $1 and name <> $2`, [
    recordId,
    name,
  ]);
  return rowCount === 1;
}

/** Which of these keys values carry already, on whatever record. */
export async function takenKeys(client: Pick<ClientBase, 'query'>, keys: string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ write_key: string }>(
    `select write_key from crm_value where write_key = any($1::text[])`,
    [keys],
  );
  return new Set(rows.map((row) => row.write_key));
}

async function currentValues(
  client: Pick<ClientBase, 'query'>,
  recordId: string,
): Promise<Record<string, CrmFieldValue>> {
  const { rows } = await client.query<{ field: string; value: CrmFieldValue }>(
    `select field, value from crm_value where record_id = $1 and superseded_at is null`,
    [recordId],
  );
  return Object.fromEntries(rows.filter((row) => !isEmpty(row.value)).map((row) => [row.field, row.value]));
}

async function readSnapshot(
  client: Pick<ClientBase, 'query'>,
  objectType: CrmObjectType,
  externalKey: string,
): Promise<CrmSnapshot | null> {
  return (await readSnapshots(client, objectType, [externalKey])).get(externalKey) ?? null;
}

/** Records with the values in force, by external key; those that don't exist are left out. One statement, no lock. */
export async function readSnapshots(
  client: Pick<ClientBase, 'query'>,
  objectType: CrmObjectType,
  externalKeys: readonly string[],
): Promise<Map<string, CrmSnapshot>> {
  const { rows } = await client.query<{
    external_key: string;
    revision: number;
    fields: Record<string, CrmFieldValue>;
  }>(
    `select record.external_key, record.revision,
            coalesce(jsonb_object_agg(v.field, v.value) filter (where v.field is not null), '{}') as fields
     from crm_record as record
     left join crm_value as v on v.record_id = record.id and v.superseded_at is null
     where record.object_type = $1 and record.external_key = any($2::text[])
     group by record.id`,
    [objectType, externalKeys],
  );
  return new Map(
    rows.map((row) => [
      row.external_key,
      {
        objectType,
        externalKey: row.external_key,
        revision: String(row.revision),
        fields: Object.fromEntries(Object.entries(row.fields).filter(([, value]) => !isEmpty(value))),
      },
    ]),
  );
}
