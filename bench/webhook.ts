/**
 * The carrier's webhooks beside a bare Fastify route that does the least that any webhook must: check the signature
 * and ask the database one prepared question. Same machine, same process, same pool, in turns.
 *
 *   npm run bench webhook [SECONDS] [CONNECTIONS]
 *
 * The servers run in a process of their own (this file again, with `serve`), the load in this one.
 */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import autocannon, { type Request, type Result } from 'autocannon';
import Fastify from 'fastify';
import twilio from 'twilio';
import { buildApp } from '../app/build-app.ts';
import { DEMO_LINES, DEMO_REPS } from '../app/demo/demo-people.ts';
import { readCompany } from '../app/demo/read-company.ts';
import { seedLines } from '../app/demo/seed-lines.ts';
import { seedPeople } from '../app/demo/seed-people.ts';
import { ensureBasics } from '../app/ensure-basics.ts';
import { fieldOf, parseForm } from '../ivr/webhooks/form.ts';
import { isSigned } from '../ivr/webhooks/signature.ts';
import type { Platform } from '../platform/platform.ts';
import { machine, openBenchPlatform, percentile } from './bench-platform.ts';

const PUBLIC_URL = 'http://bench.invalid';
const ROUNDS = 3;
const [, , first = '5', connections = '20'] = process.argv;

interface Servers {
  real: string;
  bare: string;
  authToken: string;
  accountSid: string;
}

function bareServer({ config, database }: Platform) {
  const app = Fastify();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, raw: string | Buffer) => parseForm(raw.toString()),
  );
  app.post('/bare', async (request, reply) => {
    const form = request.body as ReturnType<typeof parseForm>;
    const header = request.headers['x-twilio-signature'];
    const signature = typeof header === 'string' ? header : undefined;
    const signed = { publicUrl: PUBLIC_URL, pathAndQuery: request.url, form, signature };
    if (!isSigned(config.carrier.authToken, signed)) return reply.code(403).send();
    const { rows } = await database.pool.query<{ name: string }>({
      name: 'bench-bare',
      text: 'select name from line where number = $1 and active',
      values: [fieldOf(form, 'To')],
    });
    const twiml = new twilio.twiml.VoiceResponse();
    twiml.say(rows[0]?.name ?? 'Nobody');
    return reply.type('text/xml').send(twiml.toString());
  });
  return app;
}

async function serve(): Promise<void> {
  const { platform, close } = await openBenchPlatform({ PUBLIC_URL });
  await ensureBasics(platform.database);
  await seedPeople(platform, await readCompany());
  await seedLines(platform);
  const [app, bare] = [await buildApp(platform), bareServer(platform)];
  const { authToken, accountSid } = platform.config.carrier;
  const servers: Servers = {
    real: await app.listen({ host: '127.0.0.1', port: 0 }),
    bare: await bare.listen({ host: '127.0.0.1', port: 0 }),
    authToken,
    accountSid,
  };
  process.once('message', async () => {
    await Promise.all([app.close(), bare.close()]);
    await close();
    process.exit(0);
  });
  process.send?.(servers);
}

/** A signed request as the carrier sends it for a call. */
function signedRequest({ authToken, accountSid }: Servers, path: string, callSid: string): Request {
  const form = {
    AccountSid: accountSid,
    CallSid: callSid,
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: DEMO_REPS[0]?.phone ?? '',
    To: DEMO_LINES.report.number,
    ApiVersion: '2010-04-01',
  };
  return {
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(authToken, PUBLIC_URL + path, form),
    },
    body: new URLSearchParams(form).toString(),
  };
}

const newCallSid = () => `CA${randomBytes(16).toString('hex')}`;
/** Signed beforehand, so that the load costs as little as it can. */
const PREPARED = 40_000;

/** Requests that are all different, or one that is repeated. */
function requestsOf(servers: Servers, path: string, repeated: boolean) {
  const prepared = Array.from({ length: repeated ? 1 : PREPARED }, () =>
    signedRequest(servers, path, newCallSid()),
  );
  let next = 0;
  return [{ setupRequest: (request: Request) => ({ ...request, ...prepared[next++ % prepared.length] }) }];
}

async function measure(): Promise<void> {
  const child = fork(import.meta.filename, ['serve'], { execArgv: ['--import', 'tsx'] });
  const servers = await new Promise<Servers>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Servers));
    child.once('exit', (code) => reject(new Error(`The servers ended with status ${code}`)));
  });
  const duration = Number(first);
  const run = async (url: string, path: string, repeated = false) => {
    const requests = requestsOf(servers, path, repeated);
    const result = await autocannon({ url, connections: Number(connections), duration, requests });
    if (result.non2xx + result.errors > 0)
      throw new Error(`${path}: ${result.non2xx} answers were no success`);
    return result;
  };
  const kinds = {
    'bare route: signature, one query': () => run(servers.bare, '/bare'),
    'answer: a new call': () => run(servers.real, '/ivr/answer'),
    'answer: the same call again': () => run(servers.real, '/ivr/answer', true),
  };
  // In turns, so that a slow moment of the machine hits all; the first round only warms up.
  const results = new Map<string, Result[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, load] of Object.entries(kinds)) {
      const result = await load();
      if (round > 0) results.set(name, [...(results.get(name) ?? []), result]);
    }
  }
  child.removeAllListeners('exit');
  child.send('stop');
  await new Promise((resolve) => child.once('exit', resolve));

  const median = (name: string, read: (result: Result) => number) =>
    percentile((results.get(name) ?? []).map(read), 0.5);
  const rate = (name: string) => median(name, ({ requests }) => requests.average);
  const [bare = ''] = Object.keys(kinds);
  console.log(`${connections} connections, median of ${ROUNDS} rounds of ${duration} s; ${machine()}`);
  console.table(
    Object.fromEntries(
      Object.keys(kinds).map((name) => [
        name,
        {
          'req/s': Math.round(rate(name)),
          'of bare': (rate(name) / rate(bare)).toFixed(2),
          'p50 ms': median(name, ({ latency }) => latency.p50),
          'p97.5 ms': median(name, ({ latency }) => latency.p97_5),
          'p99 ms': median(name, ({ latency }) => latency.p99),
        },
      ]),
    ),
  );
}

await (first === 'serve' ? serve() : measure());
