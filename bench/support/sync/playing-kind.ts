import { z } from 'zod';
import type { ConnectorKind } from '../../../crm-sync/connectors/connector-kind.ts';
import { createCrmHttp } from '../../../crm-sync/connectors/http/crm-http.ts';
import { snapshotsSchema } from './played-crm.ts';

const describedSchema = z.object({
  objects: z.array(
    z.object({
      objectType: z.enum(['account', 'contact', 'activity', 'task', 'deal']),
      label: z.string(),
      fields: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          dataType: z.enum(['text', 'number', 'money', 'date', 'choice', 'person', 'product', 'list']),
          options: z.array(z.string()),
          writable: z.boolean(),
        }),
      ),
    }),
  ),
});

/** An external CRM as most are: no conditional writes, no memory of keys, a hundred records a request. */
export const playingKind: ConnectorKind = {
  kind: 'playing',
  label: 'Played CRM',
  description: 'For benches.',
  inputs: [],
  defaultMappings: [],
  open({ settings, gate }) {
    const { origin = '', requestsPerSecond = '' } = settings;
    const limit = requestsPerSecond === '' ? null : Number(requestsPerSecond);
    const http = createCrmHttp({
      name: 'The played CRM',
      origin,
      authorize: async () => ({}),
      gate: gate(limit, 10),
    });
    const post = async (path: string, body: unknown) =>
      (await http.send({ method: 'POST', path, body })).body;
    return {
      kind: 'playing',
      capabilities: {
        maxBatch: 100,
        conditionalWrites: false,
        remembersKeys: false,
        readable: true,
        requestsPerSecond: limit,
      },
      importSource: null,
      check: async () => ({ ok: true }),
      describe: async () => describedSchema.parse(await post('/describe', {})).objects,
      async read(objectType, keys) {
        const { records } = snapshotsSchema.parse(await post('/read', { objectType, keys }));
        return new Map(records.map((record) => [record.externalKey, { objectType, ...record }]));
      },
      async write(writes) {
        await post('/write', {
          writes: writes.map(({ objectType, externalKey, fields }) => ({
            objectType,
            externalKey,
            fields: Object.fromEntries(fields.map(({ field, value }) => [field, value])),
          })),
        });
        return writes.map(() => ({ status: 'written', revision: '' }));
      },
      appliedKeys: async () => new Set(),
      remove: async (removals) => removals.map(() => ({ status: 'written', revision: '' })),
    };
  },
};
