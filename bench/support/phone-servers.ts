/**
 * The product's server and a bare one in a process of their own, so that the load that is put on them costs them
 * nothing. Run by `startPhoneServers`, never by hand.
 */
import { fork } from 'node:child_process';
import Fastify from 'fastify';
import twilio from 'twilio';
import { buildApp } from '../../app/build-app.ts';
import { readCompany } from '../../app/demo/read-company.ts';
import { seedLines } from '../../app/demo/seed-lines.ts';
import { seedPeople } from '../../app/demo/seed-people.ts';
import { ensureBasics } from '../../app/ensure-basics.ts';
import { fieldOf, parseForm } from '../../ivr/webhooks/form.ts';
import { isSigned } from '../../ivr/webhooks/signature.ts';
import type { Platform } from '../../platform/platform.ts';
import { countRoundTrips } from '../../tests/support/count-round-trips.ts';
import { addCallers, type BenchCaller } from './bench-callers.ts';
import { openBenchPlatform } from './bench-platform.ts';
import { prepareRecordings, type RecordingCall } from './prepare-recordings.ts';
import { type CarrierAccount, PUBLIC_URL } from './signed-carrier.ts';

/** What the serving process has used since it began. */
export interface Spent {
  trips: number;
  cpuMs: number;
  heapBytes: number;
  residentBytes: number;
}

type Question = 'stop' | 'spent' | { recordings: number } | { callers: number };

interface Addresses extends CarrierAccount {
  real: string;
  bare: string;
}

export interface PhoneServers extends Addresses {
  spent(): Promise<Spent>;
  /** Calls as they are while the carrier records. */
  prepareRecordings(count: number): Promise<RecordingCall[]>;
  /** Reps with a phone of their own. */
  addCallers(count: number): Promise<BenchCaller[]>;
  stop(): Promise<void>;
}

/** The least that any webhook must do: check the signature, ask the database one prepared question. */
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
  const addresses: Addresses = {
    real: await app.listen({ host: '127.0.0.1', port: 0 }),
    bare: await bare.listen({ host: '127.0.0.1', port: 0 }),
    authToken,
    accountSid,
  };
  const counted = countRoundTrips(platform.database.pool);
  const answer = async (question: Exclude<Question, 'stop'>) => {
    if (question === 'spent') return spent(counted.trips);
    if ('callers' in question) return addCallers(platform, question.callers);
    return prepareRecordings(platform, question.recordings);
  };
  process.on('message', async (question: Question) => {
    if (question !== 'stop') {
      process.send?.(await answer(question));
      return;
    }
    await Promise.all([app.close(), bare.close()]);
    await close();
    process.exit(0);
  });
  process.send?.(addresses);
}

function spent(trips: number): Spent {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { trips, cpuMs: (user + system) / 1000, heapBytes: heapUsed, residentBytes: rss };
}

/** Starts both; the database is embedded, with durable writes. */
export async function startPhoneServers(): Promise<PhoneServers> {
  const child = fork(import.meta.filename, ['serve'], { execArgv: ['--import', 'tsx', '--expose-gc'] });
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
  return {
    ...(await answerOf<Addresses>()),
    spent: () => ask('spent'),
    prepareRecordings: (recordings) => ask({ recordings }),
    addCallers: (callers) => ask({ callers }),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('stop');
      await ended;
    },
  };
}

if (process.argv[2] === 'serve' && process.argv[1] === import.meta.filename) await serve();
