import type {
  CrmConnector,
  CrmDataType,
  CrmFieldValue,
  CrmObjectType,
  CrmSnapshot,
} from '../../crm-sync/connectors/connector.ts';
import type { ConnectorKind } from '../../crm-sync/connectors/connector-kind.ts';
import { CrmError } from '../../crm-sync/connectors/crm-error.ts';
import type { ImportedRecord, ImportKind } from '../../crm-sync/connectors/import-source.ts';
import { sameValue } from '../../crm-sync/connectors/same-value.ts';

export interface PlayedRecord {
  name: string;
  fields: Record<string, CrmFieldValue>;
  revision: number;
  copies: number;
}

/** What a test does at the CRM, behind our back. */
export interface PlayingCrm {
  kind: ConnectorKind;
  /** By `objectType externalKey`. */
  records: Map<string, PlayedRecord>;
  /** Puts a customer, person, product or owner there, or changes it: it comes with the next page that is due. */
  put(record: Omit<ImportedRecord, 'removed'> & { removed?: boolean }): void;
  /** Thrown by the next requests, one each. */
  errors: Error[];
  requests: number;
  /** Secrets that the CRM takes. */
  token: string;
  pageSize: number;
}

const FIELDS: Record<CrmObjectType, Record<string, CrmDataType>> = {
  account: { stage: 'text', notes: 'text', products: 'list', city: 'text' },
  contact: { title: 'text' },
  activity: { text: 'text' },
  task: { what: 'text' },
  deal: { amount: 'money' },
};

/** A CRM in memory that behaves: for what stands on connectors and is not one of them. */
export function createPlayingCrm({ maxBatch = 10 }: { maxBatch?: number } = {}): PlayingCrm {
  const changes: { seq: number; record: ImportedRecord }[] = [];
  let seq = 0;
  const records = new Map<string, PlayedRecord>();
  const keyOf = (objectType: string, externalKey: string) => `${objectType} ${externalKey}`;
  const ask = () => {
    played.requests += 1;
    const error = played.errors.shift();
    if (error !== undefined) throw error;
  };
  const snapshotOf = (objectType: CrmObjectType, externalKey: string): CrmSnapshot | null => {
    const record = records.get(keyOf(objectType, externalKey));
    if (record === undefined) return null;
    const fields = Object.fromEntries(Object.entries(record.fields).filter(([, value]) => value !== null));
    return {
      objectType,
      externalKey,
      revision: String(record.revision),
      fields,
      url: `https://crm.example/${objectType}/${externalKey}`,
      ...(record.copies > 1 && { matches: record.copies }),
    };
  };

  const played: PlayingCrm = {
    records,
    errors: [],
    requests: 0,
    token: 'the-token-that-opens-the-played-crm',
    pageSize: 7,
    put(record) {
      const at = changes.findIndex(
        (each) => each.record.kind === record.kind && each.record.remoteId === record.remoteId,
      );
      if (at >= 0) changes.splice(at, 1);
      seq += 1;
      changes.push({ seq, record: { removed: false, ...record } });
    },
    kind: {
      kind: 'playing',
      label: 'Playing CRM',
      description: 'A CRM of the tests.',
      inputs: [
        { key: 'origin', label: 'Address', help: 'Where it is.', type: 'url', required: true },
        {
          key: 'edition',
          label: 'Edition',
          help: 'Which one you have.',
          type: 'choice',
          required: true,
          options: [
            { value: 'small', label: 'Small' },
            { value: 'large', label: 'Large' },
          ],
          initial: 'small',
        },
        {
          key: 'perSecond',
          label: 'Requests a second',
          help: 'Blank: no limit.',
          type: 'number',
          required: false,
        },
        { key: 'token', label: 'Access token', help: 'Under Settings.', type: 'secret', required: true },
        {
          key: 'signing',
          label: 'Signing secret',
          help: 'If there is one.',
          type: 'secret',
          required: false,
        },
      ],
      checkSettings: ({ origin = '' }) =>
        origin.includes('wrong') ? [{ key: 'origin', message: 'That address belongs to nobody.' }] : [],
      defaultMappings: [
        {
          objectType: 'account',
          source: 'stage',
          targetField: 'stage',
          template: '{{value}}',
          policy: 'overwrite_ours',
        },
        {
          objectType: 'account',
          source: 'report',
          targetField: 'notes',
          template: '{{report.summary}}',
          policy: 'append_dated',
        },
      ],
      open: ({ credentials }): CrmConnector => ({
        kind: 'playing',
        capabilities: {
          maxBatch,
          conditionalWrites: true,
          remembersKeys: false,
          readable: true,
          requestsPerSecond: null,
        },
        async check() {
          ask();
          const { token } = await credentials.read();
          return token === played.token
            ? { ok: true }
            : { ok: false, message: 'The CRM does not know this token; make a new one there.' };
        },
        async describe() {
          return Object.entries(FIELDS).map(([objectType, fields]) => ({
            objectType: objectType as CrmObjectType,
            label: objectType,
            fields: Object.entries(fields).map(([key, dataType]) => ({
              key,
              label: `The ${key}`,
              dataType,
              options: [],
              writable: true,
            })),
          }));
        },
        async read(objectType, externalKeys) {
          ask();
          if (externalKeys.length > maxBatch) throw new CrmError('permanent', 'Too many at once.');
          return new Map(
            externalKeys.flatMap((key) => {
              const snapshot = snapshotOf(objectType, key);
              return snapshot === null ? [] : [[key, snapshot] as const];
            }),
          );
        },
        async write(writes) {
          ask();
          return writes.map((write) => {
            const key = keyOf(write.objectType, write.externalKey);
            const current = snapshotOf(write.objectType, write.externalKey);
            if (
              write.expectedRevision !== undefined &&
              (current?.revision ?? null) !== write.expectedRevision
            )
              return { status: 'conflict', current };
            const record = records.get(key) ?? {
              name: write.create?.name ?? '',
              fields: {},
              revision: 0,
              copies: 1,
            };
            const isSame = write.fields.every(({ field, value }) => sameValue(record.fields[field], value));
            if (isSame && current !== null) return { status: 'unchanged', revision: current.revision };
            for (const { field, value } of write.fields) record.fields[field] = value;
            record.revision += 1;
            records.set(key, record);
            return { status: 'written', revision: String(record.revision) };
          });
        },
        appliedKeys: async () => new Set(),
        async remove(removals) {
          return removals.map(({ objectType, externalKey }) =>
            records.delete(keyOf(objectType, externalKey))
              ? { status: 'written', revision: '' }
              : { status: 'unchanged', revision: '' },
          );
        },
        importSource: {
          kinds: ['owner', 'account', 'contact', 'product'],
          async page(kind: ImportKind, cursor) {
            ask();
            const from = Number(cursor ?? 0);
            const open = changes.filter(({ seq, record }) => record.kind === kind && seq > from);
            const page = open.slice(0, played.pageSize);
            return {
              // Anew each time, as if it had come over a wire.
              records: structuredClone(page.map(({ record }) => record)),
              cursor: String(page.at(-1)?.seq ?? from),
              more: open.length > page.length,
            };
          },
        },
      }),
    },
  };
  return played;
}
