import { z } from 'zod';
import type { Database } from '../../../platform/database/database.ts';
import { crmValueSchema, desiredSchema } from '../../ledger/desired.ts';

/** A field of a record as it was last delivered. */
export interface DeliveredField {
  objectType: string;
  externalKey: string;
  recordName: string;
  field: string;
  /** Null: empty it. */
  value: z.infer<typeof crmValueSchema>;
  display: string;
  reportId: string;
  unitId: string | null;
  confirmed: boolean;
  deliveredAt: Date;
}

const ROWS_AT_ONCE = 2_000;

const rowSchema = z.object({
  objectType: z.string(),
  externalKey: z.string(),
  targetField: z.string(),
  written: crmValueSchema,
  desired: desiredSchema,
  reportId: z.string(),
  writtenAt: z.date(),
});

/**
 * What was delivered through a connector after `since` (null: ever) and up to `until`, each field once with its last
 * value, in the order of object type, key and field: all of a record stands together. Read in pages, so memory stays
 * flat whatever the number; each page is one statement by itself.
 */
export async function* readChanges(
  { pool }: Pick<Database, 'pool'>,
  { connectorId, since, until }: { connectorId: string; since: Date | null; until: Date },
): AsyncGenerator<DeliveredField> {
  let after = ['', '', ''];
  for (;;) {
    const { rows } = await pool.query(
      `select distinct on (entry.object_type, entry.external_key, entry.target_field)
              entry.object_type as "objectType", entry.external_key as "externalKey",
              entry.target_field as "targetField", entry.written, entry.desired, entry.report_id as "reportId",
              entry.written_at as "writtenAt"
       from sync_entry as entry
       where entry.connector_id = $1 and entry.written is not null
         and entry.written_at <= $3 and ($2::timestamptz is null or entry.written_at > $2)
         and (entry.object_type, entry.external_key, entry.target_field) > ($4, $5, $6)
       order by entry.object_type, entry.external_key, entry.target_field, entry.written_at desc, entry.id desc
       limit ${ROWS_AT_ONCE}`,
      [connectorId, since, until, ...after],
    );
    for (const row of rows) {
      const { objectType, externalKey, targetField, written, desired, reportId, writtenAt } =
        rowSchema.parse(row);
      yield {
        objectType,
        externalKey,
        recordName: desired.recordName,
        field: targetField,
        value: written,
        display: typeof written === 'object' ? (written?.join(', ') ?? '') : String(written),
        reportId,
        unitId: desired.unitId,
        confirmed: desired.confirmedById !== null,
        deliveredAt: writtenAt,
      };
      after = [objectType, externalKey, targetField];
    }
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
