import { DEFAULT_MAPPINGS } from '../../mapping/default-mappings.ts';
import { catalogue, readExtraFields } from '../catalogue.ts';
import type { CrmConnector, CrmWriteResult } from '../connector.ts';
import type { ConnectorKind, ConnectorParts } from '../connector-kind.ts';

/** Files for systems that take no messages: what is delivered waits in the ledger until somebody fetches it. */
export const exportKind: ConnectorKind = {
  kind: 'export',
  label: 'CSV and JSONL files',
  description:
    'Files to download or fetch by a program, of everything or of what has changed since the last one.',
  inputs: [
    {
      key: 'extraFields',
      label: 'Further fields',
      help: 'Text fields that the mapping may write beside the usual ones, such as account.tier, task.channel.',
      type: 'text',
      required: false,
    },
  ],
  checkSettings(settings) {
    const extra = readExtraFields(settings.extraFields ?? '');
    return extra.ok ? [] : [{ key: 'extraFields', message: extra.message }];
  },
  defaultMappings: DEFAULT_MAPPINGS,
  open: createExportConnector,
};

/** Takes everything: the ledger's own record of it is what `read-export.ts` makes files of. */
function createExportConnector({ settings, sent }: ConnectorParts): CrmConnector {
  const extra = readExtraFields(settings.extraFields ?? '');
  const accepted: CrmWriteResult = { status: 'written', revision: '' };
  return {
    kind: 'export',
    capabilities: {
      maxBatch: 500,
      conditionalWrites: false,
      remembersKeys: false,
      readable: false,
      requestsPerSecond: null,
    },
    importSource: null,
    check: async () => ({ ok: true }),
    describe: async () => catalogue(extra.ok ? extra.fields : new Map()),
    read: (objectType, externalKeys) => sent.read(objectType, externalKeys),
    write: async (writes) => writes.map(() => accepted),
    remove: async (removals) => removals.map(() => accepted),
    appliedKeys: async () => new Set(),
  };
}
