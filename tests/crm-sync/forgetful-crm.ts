import { randomUUID } from 'node:crypto';
import type { CrmConnector } from '../../crm-sync/connectors/connector.ts';

/**
 * The built-in CRM as an external one is: it forgets which writes it took, and writes whatever the record's revision
 * is by now. What keeps things apart is then the ledger alone.
 */
export function makeForgetful(crm: CrmConnector): CrmConnector {
  return {
    ...crm,
    capabilities: { ...crm.capabilities, conditionalWrites: false, remembersKeys: false, maxBatch: 100 },
    appliedKeys: async () => new Set(),
    write: (writes) =>
      crm.write(
        writes.map((write) => ({
          ...write,
          expectedRevision: undefined,
          fields: write.fields.map((field) => ({ ...field, idempotencyKey: randomUUID() })),
        })),
      ),
    remove: (removals) =>
      crm.remove(removals.map(({ objectType, externalKey }) => ({ objectType, externalKey }))),
  };
}
