/**
 * The phone's webhooks.
 *
 *   npm run bench ivr [REQUESTS] [CONNECTIONS]
 *
 * 1. As fast as they go, beside a bare Fastify route that does the least that any webhook must: check the signature
 *    and ask the database one prepared question. Same machine, same process, same pool, in turns. Beside the rate it
 *    shows what hardly depends on what else the machine does: the serving process's own CPU time a request, and how
 *    often a request waits for the database.
 * 2. Whole calls that come at their own times (open loop: a call never waits for another one to be done), at rising
 *    rates, with the time that each step took.
 * 3. Memory of the serving process for calls in progress.
 */
import autocannon, { type Request, type Result } from 'autocannon';
import { DEMO_REPS } from '../app/demo/demo-people.ts';
import type { BenchCaller } from './support/bench-callers.ts';
import { machine, percentile } from './support/bench-platform.ts';
import { type PhoneServers, startPhoneServers } from './support/phone-servers.ts';
import { createCallPlacer, newCallSid, type Timings } from './support/place-calls.ts';
import type { RecordingCall } from './support/prepare-recordings.ts';
import { signedRequest } from './support/signed-carrier.ts';

const [, , amountText = '4000', connections = '20'] = process.argv;
const AMOUNT = Number(amountText);
const ROUNDS = 3;
const RATES = [5, 10, 20, 30];
const RATE_SECONDS = 15;
const IN_PROGRESS = 4000;

interface Measured {
  result: Result;
  seconds: number;
  cpuMs: number;
  trips: number;
}

/** Signs beforehand, so that the load costs as little as it can; each request is sent once. */
async function load(
  servers: PhoneServers,
  url: string,
  requestAt: (at: number) => Request,
): Promise<Measured> {
  const prepared = Array.from({ length: AMOUNT }, (_, at) => requestAt(at));
  let next = 0;
  const setupRequest = (request: Request) => ({ ...request, ...prepared[next++ % prepared.length] });
  const before = await servers.spent();
  const begun = performance.now();
  let ended = begun;
  const options = { url, connections: Number(connections), amount: AMOUNT, requests: [{ setupRequest }] };
  const loading = autocannon(options);
  loading.on('response', () => {
    ended = performance.now();
  });
  const result = await loading;
  const after = await servers.spent();
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} answers were no success`);
  return {
    result,
    seconds: (ended - begun) / 1000,
    cpuMs: after.cpuMs - before.cpuMs,
    trips: after.trips - before.trips,
  };
}

/** Each kind of request, in turns, so that a slow moment of the machine hits all; the first round only warms up. */
async function besideBare(servers: PhoneServers): Promise<void> {
  const From = DEMO_REPS[0]?.phone ?? '';
  const { real, bare } = servers;
  let calls: RecordingCall[] = [];
  const callAt = (at: number) => {
    const call = calls[at];
    if (call === undefined) throw new Error(`No call ${at} was prepared`);
    return call;
  };
  const recordedForm = ({ carrierCallId: CallSid, recordingId }: RecordingCall) => ({
    From,
    CallSid,
    RecordingSid: `RE${recordingId.replaceAll('-', '')}`,
    RecordingDuration: '42',
  });
  const recorded = (key: string) => async () => {
    calls = await servers.prepareRecordings(AMOUNT);
    return load(servers, real, (at) => {
      const call = callAt(at);
      const path = `/ivr/calls/${call.callId}/steps/${call.step}?recording=${call.recordingId}`;
      return signedRequest(servers, path, { ...recordedForm(call), Digits: key });
    });
  };
  const same = signedRequest(servers, '/ivr/answer', { From, CallSid: newCallSid() });
  const kinds = {
    'bare route: signature, one query': () =>
      load(servers, bare, () => signedRequest(servers, '/bare', { From, CallSid: newCallSid() })),
    'answer: a new call': () =>
      load(servers, real, () => signedRequest(servers, '/ivr/answer', { From, CallSid: newCallSid() })),
    'answer: the same call again': () => load(servers, real, () => same),
    'step: recorded, # sends it': recorded('#'),
    'step: recorded, * pauses': recorded('*'),
    'step: a key in the pause menu': () =>
      load(servers, real, (at) => {
        const { callId, step, carrierCallId: CallSid } = callAt(at);
        const path = `/ivr/calls/${callId}/steps/${step + 1}`;
        return signedRequest(servers, path, { From, CallSid, Digits: '0' });
      }),
    'callback: the recording, after it': () =>
      load(servers, real, (at) => {
        const call = callAt(at);
        const form = { ...recordedForm(call), RecordingStatus: 'completed' };
        return signedRequest(servers, `/ivr/recordings/${call.recordingId}`, form);
      }),
  };
  const results = new Map<string, Measured[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, run] of Object.entries(kinds)) {
      const measured = await run();
      if (round > 0) results.set(name, [...(results.get(name) ?? []), measured]);
    }
  }
  const median = (name: string, read: (measured: Measured) => number) =>
    percentile((results.get(name) ?? []).map(read), 0.5);
  const rate = (name: string) => median(name, ({ seconds }) => AMOUNT / seconds);
  const [bareName = ''] = Object.keys(kinds);
  console.log(`${connections} connections, median of ${ROUNDS} rounds of ${AMOUNT} requests; ${machine()}`);
  console.table(
    Object.fromEntries(
      Object.keys(kinds).map((name) => [
        name,
        {
          'req/s': Math.round(rate(name)),
          'of bare': (rate(name) / rate(bareName)).toFixed(2),
          'CPU ms': (median(name, (measured) => measured.cpuMs) / AMOUNT).toFixed(2),
          'round trips': (median(name, ({ trips }) => trips) / AMOUNT).toFixed(2),
          'p50 ms': median(name, ({ result }) => result.latency.p50),
          'p97.5 ms': median(name, ({ result }) => result.latency.p97_5),
          'p99 ms': median(name, ({ result }) => result.latency.p99),
        },
      ]),
    ),
  );
}

/** Milliseconds until the next call, when `rate` come in a second, each without regard to the others. */
function waitFor(rate: number): number {
  return (-Math.log(1 - Math.random()) * 1000) / rate;
}

/** Calls begin at random times, `rate` a second on average; each is a whole report. */
async function openLoop(servers: PhoneServers, callers: BenchCaller[], rate: number): Promise<void> {
  const placer = createCallPlacer(servers.real, servers);
  const timings: Timings = new Map();
  const calls: Promise<void>[] = [];
  let failed = 0;
  const before = await servers.spent();
  const begun = performance.now();
  const begins: number[] = [];
  for (let at = 0; at < RATE_SECONDS * 1000; at += waitFor(rate)) begins.push(at);
  for (const [index, at] of begins.entries()) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, begun + at - performance.now())));
    const caller = callers[index % callers.length];
    if (caller === undefined) throw new Error('There are no callers');
    const call = placer.report(caller, timings).catch(() => {
      failed += 1;
    });
    calls.push(call);
  }
  await Promise.all(calls);
  const seconds = (performance.now() - begun) / 1000;
  const after = await servers.spent();
  placer.close();
  console.log(
    `\n${rate} calls a second: ${begins.length} calls in ${seconds.toFixed(1)} s, ${failed} failed; ` +
      `the server's CPU ${Math.round(((after.cpuMs - before.cpuMs) / seconds / 1000) * 100)} % of a core`,
  );
  const row = (took: number[]) => ({
    n: took.length,
    'p50 ms': percentile(took, 0.5).toFixed(1),
    'p95 ms': percentile(took, 0.95).toFixed(1),
    'p99 ms': percentile(took, 0.99).toFixed(1),
  });
  console.table(Object.fromEntries([...timings].map(([step, took]) => [step, row(took)])));
}

/** What the serving process holds for calls that wait for their caller: state is in the database. */
async function memory(servers: PhoneServers, callers: BenchCaller[]): Promise<void> {
  const placer = createCallPlacer(servers.real, servers);
  const answerMany = async (count: number) => {
    for (let done = 0; done < count; done += 50) {
      await Promise.all(callers.slice(0, 50).map((caller) => placer.answer(caller)));
    }
  };
  // So that buffers and caches have grown to their size.
  await answerMany(1000);
  const before = await servers.spent();
  await answerMany(IN_PROGRESS);
  const after = await servers.spent();
  placer.close();
  const perThousand = (bytes: number) => (bytes / 1024 / (IN_PROGRESS / 1000)).toFixed(0);
  console.log(
    `\n${IN_PROGRESS} calls in progress: heap ${perThousand(after.heapBytes - before.heapBytes)} KiB per thousand ` +
      `calls, resident ${perThousand(after.residentBytes - before.residentBytes)} KiB per thousand ` +
      `(${Math.round(before.heapBytes / 2 ** 20)} MiB heap, ${Math.round(before.residentBytes / 2 ** 20)} MiB resident before)`,
  );
}

const servers = await startPhoneServers();
await besideBare(servers);
const callers = await servers.addCallers(500);
for (const rate of RATES) await openLoop(servers, callers, rate);
await memory(servers, callers);
await servers.stop();
