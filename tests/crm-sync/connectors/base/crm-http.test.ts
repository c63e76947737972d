import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CrmError } from '../../../../crm-sync/connectors/crm-error.ts';
import { type CrmHttpOptions, createCrmHttp } from '../../../../crm-sync/connectors/http/crm-http.ts';
import { retryAfterMs } from '../../../../crm-sync/connectors/http/retry-after.ts';

/** A CRM that answers as its path says, and remembers what it was asked. */
let server: http.Server;
let origin: string;
const asked: { method: string; path: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
let refuseTokens = new Set<string>();

beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? '';
    asked.push({
      method: request.method ?? '',
      path,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    if (refuseTokens.has(request.headers.authorization ?? '')) return response.writeHead(401).end();
    const status = Number(/^\/status\/(\d+)/.exec(path)?.[1] ?? 0);
    if (status !== 0) {
      const wait = new URL(path, origin).searchParams.get('wait');
      return response
        .writeHead(status, wait === null ? {} : { 'retry-after': wait })
        .end('{"secret":"words"}');
    }
    if (path === '/broken') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5' });
      return response.end('{"a":');
    }
    if (path === '/drip') {
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.write('{"a":');
    }
    if (path === '/cut') return response.destroy();
    if (path === '/away') return response.writeHead(302, { location: 'http://elsewhere.invalid/' }).end();
    if (path === '/empty') return response.writeHead(204).end();
    if (path === '/text') return response.writeHead(200, { 'content-type': 'text/html' }).end('<p>no</p>');
    return response.writeHead(200, { 'content-type': 'application/json; odata=minimal' }).end('{"a":1}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function client(options: Partial<CrmHttpOptions> = {}) {
  const paused: (number | null)[] = [];
  const entered: string[] = [];
  const crm = createCrmHttp({
    name: 'The CRM',
    origin,
    authorize: async (after) => {
      entered.push(after);
      return { authorization: after };
    },
    gate: { enter: async () => {}, pause: async (error) => void paused.push(error.retryAfterMs) },
    ...options,
  });
  const fails = (path: string): Promise<CrmError> =>
    crm.send({ method: 'POST', path, body: {} }).then(
      (response) => {
        throw new Error(`answered ${response.status}`);
      },
      (error: CrmError) => error,
    );
  return { crm, fails, paused, entered };
}

test('sends JSON as JSON and text as it is; reads JSON, text and nothing', async () => {
  const { crm } = client();
  expect((await crm.send({ method: 'POST', path: '/x', body: { name: 'Ann' } })).body).toEqual({ a: 1 });
  expect(asked.at(-1)).toMatchObject({
    method: 'POST',
    body: '{"name":"Ann"}',
    headers: { 'content-type': 'application/json', authorization: 'nothing' },
  });
  await crm.send({ method: 'POST', path: '/x', headers: { 'content-type': 'text/x' }, body: 'a=b' });
  expect(asked.at(-1)).toMatchObject({ body: 'a=b', headers: { 'content-type': 'text/x' } });
  expect((await crm.send({ method: 'GET', path: '/empty' })).body).toBeNull();
  expect((await crm.send({ method: 'GET', path: '/text' })).body).toBe('<p>no</p>');
});

test.each([
  ['/status/429?wait=30', 'limit', 30_000],
  ['/status/429', 'limit', null],
  ['/status/503?wait=2', 'limit', 2_000],
  ['/status/503', 'transient', null],
  ['/status/500', 'transient', null],
  ['/status/408', 'transient', null],
  ['/status/301', 'connection', null],
  ['/away', 'connection', null],
  ['/broken', 'transient', null],
  ['/cut', 'transient', null],
] as const)('%s is told as %s', async (path, kind, wait) => {
  const { fails, paused } = client();
  const before = asked.length;
  const error = await fails(path);
  expect(error).toMatchObject({ name: 'CrmError', kind, retryAfterMs: wait });
  expect(error.message).toMatch(/;.+\.$/);
  expect(error.message).not.toContain('words');
  // Nothing is retried here, whatever it was; only a limit is told to the gate.
  expect(asked.length).toBe(before + 1);
  expect(paused).toEqual(kind === 'limit' ? [wait] : []);
});

test.each([300, 400, 403, 404, 409, 412, 422])(
  '%i is an answer, for whoever asked to understand',
  async (status) => {
    const { crm } = client();
    expect((await crm.send({ method: 'GET', path: `/status/${status}` })).status).toBe(status);
  },
);

test('an answer that never ends is given up, and so is one that never begins', async () => {
  expect(await client({ timeoutMs: 100 }).fails('/drip')).toMatchObject({ kind: 'transient' });
});

test('refused once it gets new headers and asks again; refused twice a person has to act', async () => {
  refuseTokens = new Set(['nothing']);
  const { crm, entered } = client();
  expect((await crm.send({ method: 'GET', path: '/x' })).status).toBe(200);
  expect(entered).toEqual(['nothing', 'refused']);
  refuseTokens = new Set(['nothing', 'refused']);
  expect(await client().fails('/x')).toMatchObject({ kind: 'connection' });
  refuseTokens = new Set();
});

test('the vendor’s own words come first; another address is never asked', async () => {
  const { fails } = client({
    interpret: ({ status }) =>
      status === 403 ? new CrmError('limit', 'The day is used up; tomorrow.', { retryAfterMs: 9 }) : null,
  });
  expect(await fails('/status/403')).toMatchObject({ kind: 'limit', retryAfterMs: 9 });
  const before = asked.length;
  expect(await client().fails('http://elsewhere.invalid/x')).toMatchObject({ kind: 'permanent' });
  expect(asked.length).toBe(before);
});

test('Retry-After: seconds, a date, or nothing that can be read', () => {
  const now = new Date('2026-03-02T10:00:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs('0.5', now)).toBe(500);
  expect(retryAfterMs('-5', now)).toBe(0);
  expect(retryAfterMs('Mon, 02 Mar 2026 10:01:00 GMT', now)).toBe(60_000);
  expect(retryAfterMs('Mon, 02 Mar 2026 09:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('soon', now)).toBeNull();
  expect(retryAfterMs('', now)).toBeNull();
  expect(retryAfterMs(null, now)).toBeNull();
});
