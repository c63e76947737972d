import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { objectLabel } from '../connectors/catalogue.ts';
import {
  CRM_OBJECT_TYPES,
  type CrmConnector,
  type CrmFieldDefinition,
  type CrmObjectDefinition,
} from '../connectors/connector.ts';
import { removeRecord } from './remove-record.ts';
import { readSnapshots, takenKeys, writeRecord } from './write-record.ts';

/**
 * The CRM that comes with Dictaline. Each record of a batch is a transaction of its own, as at an external CRM: a
 * batch that is cut off leaves whole records written and whole records not. The clock says when a value was set.
 */
export function createBuiltinConnector({
  database,
  clock,
}: {
  database: Pick<Database, 'pool'>;
  clock: Clock;
}): CrmConnector {
  const { pool } = database;
  return {
    kind: 'builtin',
    capabilities: {
      maxBatch: 200,
      conditionalWrites: true,
      remembersKeys: true,
      readable: true,
      requestsPerSecond: null,
    },
    // The vocabulary is what its customers are made from.
    importSource: null,

    async check() {
      const { rows } = await pool.query<{ fields: number }>('select count(*)::int as fields from crm_field');
      return (rows[0]?.fields ?? 0) > 0
        ? { ok: true }
        : { ok: false, message: 'The built-in CRM has no fields yet; restart Dictaline, which makes them.' };
    },

    async describe() {
      const fields = await readFieldDefinitions(pool);
      return CRM_OBJECT_TYPES.map(
        (objectType): CrmObjectDefinition => ({
          objectType,
          label: objectLabel(objectType),
          fields: [...(fields.get(objectType)?.values() ?? [])],
        }),
      );
    },

    read: (objectType, externalKeys) => readSnapshots(pool, objectType, externalKeys),

    async write(writes) {
      const fields = await readFieldDefinitions(pool);
      const results = [];
      for (const write of writes) {
        const definitions = fields.get(write.objectType) ?? new Map<string, CrmFieldDefinition>();
        const at = clock.now();
        results.push(await inTransaction(pool, (client) => writeRecord(client, write, { definitions, at })));
      }
      return results;
    },

    appliedKeys: (_objectType, keys) => takenKeys(pool, [...keys]),

    async remove(removals) {
      const results = [];
      for (const removal of removals)
        results.push(await inTransaction(pool, (client) => removeRecord(client, removal)));
      return results;
    },
  };
}

async function readFieldDefinitions(
  pool: Database['pool'],
): Promise<Map<string, Map<string, CrmFieldDefinition>>> {
  const { rows } = await pool.query<Omit<CrmFieldDefinition, 'writable'> & { objectType: string }>(
    `select object_type as "objectType", key, label, data_type as "dataType", options
     from crm_field order by object_type, position, key`,
  );
  const objects = new Map<string, Map<string, CrmFieldDefinition>>();
  for (const { objectType, ...field } of rows) {
    const fields = objects.get(objectType) ?? new Map<string, CrmFieldDefinition>();
    fields.set(field.key, { ...field, writable: true });
    objects.set(objectType, fields);
  }
  return objects;
}
