import { createHash } from 'node:crypto';
import type { Database } from '../../platform/database/database.ts';
import type { CrmFieldValue, CrmObjectType, CrmSnapshot } from './connector.ts';

/**
 * What the ledger says was delivered, in place of what stands at a receiver that can't be asked. So values that are
 * there already aren't sent again, and text is appended to what was sent before.
 */
export interface SentValues {
  /** By external key; what nothing was delivered of is left out. */
  read(objectType: CrmObjectType, externalKeys: readonly string[]): Promise<Map<string, CrmSnapshot>>;
}

/**
 * The values delivered through a connector, in the database. In: an object type and keys. Out: the last value that
 * each field is known to have been given. One statement, no lock.
 */
export function createSentValues({ pool }: Pick<Database, 'pool'>, connectorId: string): SentValues {
  return {
    async read(objectType, externalKeys) {
      if (externalKeys.length === 0) return new Map();
      const { rows } = await pool.query<{ key: string; fields: Record<string, CrmFieldValue> }>(
        `select last.external_key as key, jsonb_object_agg(last.target_field, last.written) as fields
         from (
           select distinct on (external_key, target_field) external_key, target_field, written
           from sync_entry
           where connector_id = $1 and object_type = $2 and external_key = any($3::text[])
             and written_at is not null and written is not null
           order by external_key, target_field, written_at desc, id desc
         ) as last
         where last.written <> 'null'
         group by last.external_key`,
        [connectorId, objectType, externalKeys],
      );
      return new Map(
        rows.map(({ key, fields }) => [
          key,
          { objectType, externalKey: key, revision: revisionOf(fields), fields },
        ]),
      );
    },
  };
}

function revisionOf(fields: Record<string, CrmFieldValue>): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 22);
}
