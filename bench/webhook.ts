/**
 * The carrier's webhooks beside a bare Fastify route that does the least that any webhook must: check the signature
 * and ask the database one prepared question. Same machine, same process, same pool, in turns. Beside the rate it
 * shows what hardly depends on what else the machine does: the serving process's own CPU time a request, and how
 * often a request waits for the database.
 *
 *   npm run bench webhook [REQUESTS] [CONNECTIONS]
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
import { countRoundTrips } from '../tests/support/count-round-trips.ts';
import { machine, openBenchPlatform, percentile } from './support/bench-platform.ts';
import { prepareRecordings, type RecordingCall } from './support/prepare-recordings.ts';

const PUBLIC_URL = 'http://bench.invalid';
const ROUNDS = 3;
const [, , first = '4000', connections = '20'] = process.argv;

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
  const counted = countRoundTrips(platform.database.pool);
  process.on('message', async (question: Question) => {
    if (question === 'stop') {
      await Promise.all([app.close(), bare.close()]);
      await close();
      process.exit(0);
    }
    if (question === 'spent') process.send?.({ trips: counted.trips, cpuMs: cpuMs() } satisfies Spent);
    else process.send?.(await prepareRecordings(platform, question.prepare));
  });
  process.send?.(servers);
}

type Question = 'stop' | 'spent' | { prepare: number };

/** By the serving process, since it began. */
interface Spent {
  trips: number;
  cpuMs: number;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A signed request as the carrier sends it. */
function signedRequest(
  { authToken, accountSid }: Servers,
  path: string,
  { CallSid, ...more }: { CallSid: string } & Record<string, string>,
): Request {
  const form = {
    AccountSid: accountSid,
    CallSid,
    CallStatus: 'in-progress',
    Direction: 'inbound',
    From: DEMO_REPS[0]?.phone ?? '',
    To: DEMO_LINES.report.number,
    ApiVersion: '2010-04-01',
    ...more,
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

function recordedForm({ carrierCallId, recordingId }: RecordingCall) {
  const RecordingSid = `RE${recordingId.replaceAll('-', '')}`;
  return { CallSid: carrierCallId, RecordingSid, RecordingDuration: '42' };
}

interface Measured {
  result: Result;
  seconds: number;
  cpuMs: number;
  trips: number;
}

async function measure(): Promise<void> {
  const child = fork(import.meta.filename, ['serve'], { execArgv: ['--import', 'tsx'] });
  const answerOf = <T>() =>
    new Promise<T>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`The servers ended with status ${code}`));
      child.once('exit', onExit);
      child.once('message', (message) => {
        child.off('exit', onExit);
        resolve(message as T);
      });
    });
  const ask = <T>(question: Question) => {
    const answer = answerOf<T>();
    child.send(question);
    return answer;
  };
  const servers = await answerOf<Servers>();
  const amount = Number(first);
  /** Signs beforehand, so that the load costs as little as it can; each request is sent once. */
  const run = async (url: string, requestAt: (index: number) => Request): Promise<Measured> => {
    const prepared = Array.from({ length: amount }, (_, index) => requestAt(index));
    let next = 0;
    const setupRequest = (request: Request) => ({ ...request, ...prepared[next++ % prepared.length] });
    const before = await ask<Spent>('spent');
    const options = { url, connections: Number(connections), amount, requests: [{ setupRequest }] };
    const begun = performance.now();
    let ended = begun;
    const load = autocannon(options);
    load.on('response', () => {
      ended = performance.now();
    });
    const result = await load;
    const after = await ask<Spent>('spent');
    if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} answers were no success`);
    return {
      result,
      seconds: (ended - begun) / 1000,
      cpuMs: after.cpuMs - before.cpuMs,
      trips: after.trips - before.trips,
    };
  };
  let calls: RecordingCall[] = [];
  const callAt = (index: number) => {
    const call = calls[index];
    if (call === undefined) throw new Error(`No call ${index} was prepared`);
    return call;
  };
  const same = signedRequest(servers, '/ivr/answer', { CallSid: newCallSid() });
  const kinds = {
    'bare route: signature, one query': () =>
      run(servers.bare, () => signedRequest(servers, '/bare', { CallSid: newCallSid() })),
    'answer: a new call': () =>
      run(servers.real, () => signedRequest(servers, '/ivr/answer', { CallSid: newCallSid() })),
    'answer: the same call again': () => run(servers.real, () => same),
    'step: recorded, # sends it': async () => {
      calls = await ask<RecordingCall[]>({ prepare: amount });
      return run(servers.real, (index) => {
        const call = callAt(index);
        const path = `/ivr/calls/${call.callId}/steps/${call.step}?recording=${call.recordingId}`;
        return signedRequest(servers, path, { ...recordedForm(call), Digits: '#' });
      });
    },
    'callback: the recording, after it': () =>
      run(servers.real, (index) => {
        const call = callAt(index);
        const form = { ...recordedForm(call), RecordingStatus: 'completed' };
        return signedRequest(servers, `/ivr/recordings/${call.recordingId}`, form);
      }),
  };
  // In turns, so that a slow moment of the machine hits all; the first round only warms up.
  const results = new Map<string, Measured[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, load] of Object.entries(kinds)) {
      const measured = await load();
      if (round > 0) results.set(name, [...(results.get(name) ?? []), measured]);
    }
  }
  child.send('stop');
  await new Promise((resolve) => child.once('exit', resolve));

  const median = (name: string, read: (measured: Measured) => number) =>
    percentile((results.get(name) ?? []).map(read), 0.5);
  const rate = (name: string) => median(name, ({ seconds }) => amount / seconds);
  const [bare = ''] = Object.keys(kinds);
  console.log(`${connections} connections, median of ${ROUNDS} rounds of ${amount} requests; ${machine()}`);
  console.table(
    Object.fromEntries(
      Object.keys(kinds).map((name) => [
        name,
        {
          'req/s': Math.round(rate(name)),
          'of bare': (rate(name) / rate(bare)).toFixed(2),
          'CPU ms': (median(name, (measured) => measured.cpuMs) / amount).toFixed(2),
          'round trips': (median(name, ({ trips }) => trips) / amount).toFixed(2),
          'p50 ms': median(name, ({ result }) => result.latency.p50),
          'p97.5 ms': median(name, ({ result }) => result.latency.p97_5),
          'p99 ms': median(name, ({ result }) => result.latency.p99),
        },
      ]),
    ),
  );
}

await (first === 'serve' ? serve() : measure());
