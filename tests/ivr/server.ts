import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { createPhoneJoints } from '../../app/phone-joints.ts';
import type { CarrierClient } from '../../ivr/carrier/carrier-client.ts';
import type { CallDeps, IvrPlatform } from '../../ivr/deps.ts';
import { createCallDeps, registerIvr } from '../../ivr/register-ivr.ts';
import { registerSimulator } from '../../ivr/simulator/register-simulator.ts';
import type { Simulator } from '../../ivr/simulator/simulator.ts';
import { hashPin } from '../../platform/auth/pins.ts';
import { createSettableClock, type SettableClock } from '../../platform/clock.ts';
import { buildHttp } from '../../platform/http/build-http.ts';
import type { Logger } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import type { Platform } from '../../platform/platform.ts';
import { parsePhoneSettings, savePhoneSettings } from '../../transcription/intake/phone-settings.ts';
import { freePort } from '../support/free-port.ts';
import { createTestPlatform } from '../support/test-platform.ts';
import { quickPinHash } from './quick-pin-hash.ts';

export const REPORT_LINE = '+15550100001';
export const SURVEY_LINE = '+15550100002';
export const PROPOSAL_LINE = '+15550100003';
export const OWN_PHONE = '+15550111111';
export const STRANGE_PHONE = '+15550122222';
export const SHORT_NUMBER = '4711';
export const PIN = '246813';

export interface IvrServer {
  app: FastifyInstance;
  platform: IvrPlatform;
  /** With what other parts need. */
  fullPlatform: Platform;
  clock: SettableClock;
  pool: pg.Pool;
  simulator: Simulator;
  deps: CallDeps;
  carrier: CarrierClient;
  repId: string;
  lineId: string;
  /** Stops and starts again, on the same port and data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The phone with its database, queue and simulated carrier, listening on a port of its own. */
export async function startIvrServer({
  assetsFolder,
  log,
  resumes = false,
  realPins = false,
}: {
  assetsFolder?: string;
  log?: Logger;
  /** Whether calls go on where the one before broke off; else each begins anew, whatever happened before it. */
  resumes?: boolean;
  /** Whether the rep's PIN is as hard to check as everybody's; see `quickPinHash`. */
  realPins?: boolean;
} = {}): Promise<IvrServer> {
  const port = await freePort();
  const clock = createSettableClock(new Date());
  const { platform: made, close } = await createTestPlatform({
    clock,
    env: { PORT: String(port), PUBLIC_URL: 'https://phone.example.com' },
  });
  const platform = log === undefined ? made : { ...made, log };
  const joints = createPhoneJoints(platform.config);
  const { carrier, replies } = joints;

  async function listen() {
    // A process has its own.
    const metrics = createMetrics();
    const started: { simulator?: Simulator | null } = {};
    const app = await buildHttp(
      { ...platform, metrics },
      {
        signed: (phone) => registerIvr(phone, { ...platform, metrics }, joints),
        people: async (people) => {
          started.simulator = await registerSimulator(people, platform, {
            callbackDelayMs: null,
            now: () => clock.now(),
          });
          if (assetsFolder) await people.register(fastifyStatic, { root: assetsFolder, prefix: '/assets/' });
        },
      },
    );
    const { simulator } = started;
    if (!simulator) throw new Error('The simulator must be on without a carrier');
    await app.listen({ port, host: '127.0.0.1' });
    return { app, simulator };
  }
  let running = await listen();

  const { pool } = platform.database;
  const { repId, lineId } = await addPeople(
    pool,
    await (realPins ? hashPin : quickPinHash)(platform.config.secret, PIN),
  );
  if (!resumes) {
    await savePhoneSettings(pool, parsePhoneSettings({ resumeMinutes: 0, resumeAfterFailureMinutes: 0 }));
  }
  return {
    get app() {
      return running.app;
    },
    get simulator() {
      return running.simulator;
    },
    async restart() {
      await running.app.close();
      running = await listen();
    },
    platform,
    fullPlatform: platform,
    clock,
    pool,
    carrier,
    deps: createCallDeps(platform, { replies }),
    repId,
    lineId,
    async close() {
      await running.app.close();
      await close();
    },
  };
}

async function addPeople(pool: pg.Pool, pinHash: string): Promise<{ repId: string; lineId: string }> {
  const add = async (text: string, values: unknown[]): Promise<string> => {
    const { rows } = await pool.query<{ id: string }>(`${text} returning id`, values);
    return rows[0]?.id ?? '';
  };
  const repId = await add(
    `insert into app_user (id, email, name, roles, short_number, pin_hash)
     values (gen_random_uuid(), 'rep@example.com', 'Rita Reyes', '{rep}', $1, $2)`,
    [SHORT_NUMBER, pinHash],
  );
  await add('insert into user_phone (id, user_id, number) values (gen_random_uuid(), $1, $2)', [
    repId,
    OWN_PHONE,
  ]);
  const line = 'insert into line (id, number, purpose, name) values (gen_random_uuid(), $1, $2, $3)';
  const lineId = await add(line, [REPORT_LINE, 'report', 'the field report line']);
  await add(line, [SURVEY_LINE, 'survey', 'Tell us']);
  await add(line, [PROPOSAL_LINE, 'proposal', 'Bid 12']);
  return { repId, lineId };
}

/** Loud enough to count as speech, `seconds` long at 8 kHz; `pitch` tells one from another. */
export function speech(seconds: number, pitch = 200): Int16Array {
  const samples = new Int16Array(Math.round(seconds * 8000));
  // One second of a whole number of waves; the next ones are the same, and an hour of sines takes seconds.
  const second = Math.min(samples.length, 8000);
  for (let at = 0; at < second; at += 1) {
    samples[at] = Math.round(8000 * Math.sin((2 * Math.PI * pitch * at) / 8000)) || 1;
  }
  for (let at = second; at < samples.length; at += second) {
    samples.copyWithin(at, 0, Math.min(second, samples.length - at));
  }
  return samples;
}

export function silenceOf(seconds: number): Int16Array {
  return new Int16Array(Math.round(seconds * 8000));
}
