import { fork } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DEFAULT_FIELDS } from '../../../crm-sync/mapping/default-mappings.ts';

/** How the played CRM behaves. */
export interface PlayedCrmOptions {
  /** What it takes for every answer. */
  answerMs: number;
  /** Requests in any ten seconds, as HubSpot counts; null: as many as come. */
  requestsPerTenSeconds: number | null;
}

const valueSchema = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
const readSchema = z.object({ objectType: z.string(), keys: z.array(z.string()) });
const writeSchema = z.object({
  writes: z.array(
    z.object({ objectType: z.string(), externalKey: z.string(), fields: z.record(z.string(), valueSchema) }),
  ),
});

export const snapshotsSchema = z.object({
  records: z.array(
    z.object({ externalKey: z.string(), revision: z.string(), fields: z.record(z.string(), valueSchema) }),
  ),
});

export const statsSchema = z.object({
  requests: z.number(),
  refused: z.number(),
  records: z.number(),
  /** From the first request to the last. */
  busyMs: z.number(),
  /** Writes of `products`, in which the bench puts each report's number, that came after a higher one of its account. */
  outOfOrder: z.number(),
  /** When each report's number was written first, in ms since the epoch. */
  acceptedAt: z.record(z.string(), z.number()),
});

const WINDOW_MS = 10_000;

/** The CRM, in a process of its own: its memory and its work are not what is measured. */
export async function playCrm(options: PlayedCrmOptions) {
  const child = fork(import.meta.filename, ['serve', JSON.stringify(options)], {
    execArgv: ['--import', 'tsx'],
  });
  const [message] = await once(child, 'message');
  const { origin } = z.object({ origin: z.string() }).parse(message);
  return {
    origin,
    stats: async () => statsSchema.parse(await (await fetch(`${origin}/stats`)).json()),
    /** A bare round trip to it. */
    async ping(): Promise<number> {
      const start = performance.now();
      await (await fetch(`${origin}/ping`)).text();
      return performance.now() - start;
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

if (process.argv[2] === 'serve') await serve(JSON.parse(process.argv[3] ?? '{}'));

async function serve({ answerMs, requestsPerTenSeconds }: PlayedCrmOptions): Promise<void> {
  const records = new Map<string, { revision: number; fields: Record<string, unknown> }>();
  const recent: number[] = [];
  const last = new Map<string, number>();
  const stats = { requests: 0, refused: 0, outOfOrder: 0 };
  const acceptedAt: Record<string, number> = {};
  let first = 0;
  let latest = 0;

  function isTooMuch(now: number): boolean {
    while (recent.length > 0 && (recent[0] ?? 0) <= now - WINDOW_MS) recent.shift();
    if (requestsPerTenSeconds !== null && recent.length >= requestsPerTenSeconds) return true;
    recent.push(now);
    return false;
  }

  function write(body: unknown): object {
    const { writes } = writeSchema.parse(body);
    for (const { objectType, externalKey, fields } of writes) {
      const key = `${objectType} ${externalKey}`;
      const record = records.get(key) ?? { revision: 0, fields: {} };
      Object.assign(record.fields, fields);
      record.revision += 1;
      records.set(key, record);
      const [number] = Array.isArray(fields.products) ? fields.products : [];
      if (objectType !== 'account' || number === undefined) continue;
      if (Number(number) < (last.get(key) ?? 0)) stats.outOfOrder += 1;
      last.set(key, Number(number));
      acceptedAt[number] ??= Date.now();
    }
    return { written: writes.length };
  }

  function read(body: unknown): z.infer<typeof snapshotsSchema> {
    const { objectType, keys } = readSchema.parse(body);
    const found = keys.flatMap((externalKey) => {
      const record = records.get(`${objectType} ${externalKey}`);
      if (record === undefined) return [];
      const fields = z.record(z.string(), valueSchema).parse(record.fields);
      return [{ externalKey, revision: String(record.revision), fields }];
    });
    return { records: found };
  }

  function describe(): object {
    return {
      objects: Object.entries(DEFAULT_FIELDS).map(([objectType, fields]) => ({
        objectType,
        label: objectType,
        fields: fields.map((field) => ({ options: [], ...field, dataType: 'text', writable: true })),
      })),
    };
  }

  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: unknown = chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const answer = (status: number, content: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(content));
    if (request.url === '/stats') {
      answer(200, { ...stats, records: records.size, busyMs: latest - first, acceptedAt });
      return;
    }
    const now = Date.now();
    await sleep(answerMs);
    if (request.url === '/ping') {
      answer(200, {});
      return;
    }
    stats.requests += 1;
    first ||= now;
    if (isTooMuch(Date.now())) {
      stats.refused += 1;
      answer(429, {}, { 'retry-after': '1' });
      return;
    }
    const content =
      request.url === '/read' ? read(body) : request.url === '/write' ? write(body) : describe();
    latest = Date.now();
    answer(200, content);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    process.send?.({ origin: `http://127.0.0.1:${address.port}` });
  });
  process.on('disconnect', () => process.exit(0));
}
