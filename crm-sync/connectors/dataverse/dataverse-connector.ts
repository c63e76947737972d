import { objectLabel } from '../catalogue.ts';
import { CRM_OBJECT_TYPES, type CrmConnector, type CrmObjectType, type CrmSnapshot } from '../connector.ts';
import type { ConnectorParts } from '../connector-kind.ts';
import { CrmError } from '../crm-error.ts';
import { eachRecord } from '../each-record.ts';
import { createCrmHttp } from '../http/crm-http.ts';
import { checkTables } from './check-tables.ts';
import { createDataverseImport } from './import-source.ts';
import { type Columns, readColumns } from './metadata.ts';
import { createRowFinder, type Row } from './rows.ts';
import { createSignIn } from './sign-in.ts';
import { type Table, tablesFor } from './tables.ts';
import { fieldsOf } from './values.ts';
import { createRecordWriter } from './write-records.ts';

const ROOT = '/api/data/v9.2';
const LOGIN_ORIGIN = 'https://login.microsoftonline.com';
/** Service protection allows 6,000 requests in five minutes to each user (Microsoft Learn). */
const REQUESTS_PER_SECOND = 18;
const MAX_BATCH = 50;
/** Far below the 52 requests at once that service protection allows. */
const AT_ONCE = 4;

/**
 * Microsoft Dataverse, the database under Dynamics 365, over its Web API. Rows are written one by one under their ETag
 * and not in `$batch`: each would count against the limits all the same, and so each has an answer of its own.
 */
export function createDataverseConnector(parts: ConnectorParts): CrmConnector {
  const { settings, clock, links } = parts;
  const origin = new URL(settings.url ?? '').origin;
  const keyColumn = settings.keyColumn ?? '';
  const tables = tablesFor(settings.activityTable === 'appointment' ? 'appointment' : 'phonecall');
  const tableOf = (objectType: CrmObjectType): Table => tables[objectType];
  const token = createSignIn({
    loginOrigin: settings.loginOrigin || LOGIN_ORIGIN,
    tenant: settings.tenant ?? '',
    clientId: settings.clientId ?? '',
    resource: origin,
    credentials: parts.credentials,
    clock,
    timeoutMs: parts.requestTimeoutMs,
  });
  const http = createCrmHttp({
    name: 'Dynamics',
    origin,
    gate: parts.gate(REQUESTS_PER_SECOND, 300),
    timeoutMs: parts.requestTimeoutMs,
    authorize: async (after) => ({
      authorization: `Bearer ${await token(after)}`,
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
    }),
  });

  const known = new Map<CrmObjectType, Columns>();
  async function columnsOf(objectType: CrmObjectType): Promise<Columns> {
    const held = known.get(objectType);
    if (held !== undefined) return held;
    const columns = await readColumns(http, ROOT, tableOf(objectType).logicalName);
    known.set(objectType, columns);
    return columns;
  }

  function toSnapshot(
    objectType: CrmObjectType,
    externalKey: string,
    row: Row,
    columns: Columns,
  ): CrmSnapshot {
    const { logicalName, primaryKey } = tableOf(objectType);
    const id = String(row[primaryKey]);
    return {
      objectType,
      externalKey,
      revision: String(row['@odata.etag']),
      fields: fieldsOf(row, columns),
      url: `${origin}/main.aspx?pagetype=entityrecord&etn=${logicalName}&id=${id}`,
    };
  }

  const rows = createRowFinder({ http, root: ROOT, links, keyColumn, tableOf });
  const writer = createRecordWriter({
    http,
    root: ROOT,
    links,
    keyColumn,
    rows,
    tableOf,
    columnsOf,
    toSnapshot,
  });
  /** What a write was refused for may have changed there since we asked. */
  function forgetColumns(objectType: CrmObjectType | undefined, wasRefused: boolean): void {
    if (wasRefused && objectType !== undefined) known.delete(objectType);
  }

  return {
    kind: 'dataverse',
    capabilities: {
      maxBatch: MAX_BATCH,
      conditionalWrites: true,
      remembersKeys: false,
      readable: true,
      requestsPerSecond: REQUESTS_PER_SECOND,
    },
    importSource: createDataverseImport({ http, root: ROOT, keyColumn }),

    async check() {
      try {
        const problem = await checkTables(http, ROOT, keyColumn, Object.values(tables));
        return problem === null ? { ok: true } : { ok: false, message: problem };
      } catch (error) {
        if (error instanceof CrmError) return { ok: false, message: error.message };
        throw error;
      }
    },

    async describe() {
      known.clear();
      return Promise.all(
        CRM_OBJECT_TYPES.map(async (objectType) => ({
          objectType,
          label: objectLabel(objectType),
          fields: [...(await columnsOf(objectType)).values()].map(
            ({ key, label, dataType, options, writable }) => ({ key, label, dataType, options, writable }),
          ),
        })),
      );
    },

    async read(objectType, externalKeys) {
      if (externalKeys.length === 0) return new Map();
      const [columns, found] = await Promise.all([
        columnsOf(objectType),
        rows.find(objectType, externalKeys),
      ]);
      return new Map(
        [...found].map(([key, row]) => [key, toSnapshot(objectType, key, row, columns)] as const),
      );
    },

    async write(writes) {
      const objectType = writes[0]?.objectType;
      const found = await findAll(writes);
      const results = await eachRecord(writes, AT_ONCE, (write) =>
        writer.write(write, found.get(`${write.objectType} ${write.externalKey}`)),
      );
      forgetColumns(
        objectType,
        results.some(({ status }) => status === 'permanent'),
      );
      return results;
    },

    appliedKeys: async () => new Set(),

    async remove(removals) {
      const found = await findAll(removals);
      return eachRecord(removals, AT_ONCE, (removal) =>
        writer.remove(removal, found.get(`${removal.objectType} ${removal.externalKey}`)),
      );
    },
  };

  async function findAll(
    items: readonly { objectType: CrmObjectType; externalKey: string }[],
  ): Promise<Map<string, Row>> {
    const found = new Map<string, Row>();
    for (const objectType of CRM_OBJECT_TYPES) {
      const keys = items
        .filter((item) => item.objectType === objectType)
        .map(({ externalKey }) => externalKey);
      if (keys.length === 0) continue;
      for (const [key, row] of await rows.find(objectType, keys)) found.set(`${objectType} ${key}`, row);
    }
    return found;
  }
}
