import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPhoneJoints } from '../../../app/phone-joints.ts';
import { PIN_POLICIES, PIN_SCOPES } from '../../../ivr/pins/pin-throttle.ts';
import { registerIvr } from '../../../ivr/register-ivr.ts';
import { countFailure, throttleKey } from '../../../platform/auth/throttle.ts';
import { createDatabase, type Database } from '../../../platform/database/database.ts';
import { buildHttp } from '../../../platform/http/build-http.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, SHORT_NUMBER, startIvrServer } from '../server.ts';
import { actionOf, callForm, postSigned } from '../webhooks/post-signed.ts';

/** Two processes' worth of webhooks, each with a pool of its own, over one database. */
let server: IvrServer;
let other: { database: Database; app: FastifyInstance };

beforeAll(async () => {
  server = await startIvrServer({ realPins: true });
  const { config } = server.platform;
  if (config.database.kind !== 'external') throw new Error('The test has a database of its own');
  const database = createDatabase({ url: config.database.url, maxConnections: 10 });
  const platform = { ...server.fullPlatform, database, metrics: createMetrics() };
  const app = await buildHttp(platform, {
    signed: (phone) => registerIvr(phone, platform, createPhoneJoints(config)),
    people: async () => {},
  });
  other = { database, app };
});
afterAll(async () => {
  await other.app.close();
  await other.database.close();
  await server.close();
});
beforeEach(() => server.pool.query('delete from throttle'));

const WRONG = '135790';
const RECORDS = '<Record';
const WAITS = 'too many wrong entries';
const WRONG_ONE = 'that was not right';

/** Brings a call to where it awaits the PIN; calls take turns at the two processes. */
async function callUpToPin(index: number, from: string, shortNumber: string) {
  const instance = index % 2 === 0 ? server : { ...server, platform: server.platform, app: other.app };
  const form = callForm(from, REPORT_LINE);
  let answer = await postSigned(instance, { path: '/ivr/answer', body: form });
  if (from !== OWN_PHONE) {
    answer = await postSigned(instance, {
      path: actionOf(answer.body),
      body: `${form}&Digits=${shortNumber}`,
    });
  }
  const path = actionOf(answer.body);
  return async (pin: string) => {
    const { body, statusCode } = await postSigned(instance, { path, body: `${form}&Digits=${pin}` });
    expect(statusCode).toBe(200);
    return body;
  };
}

const phone = (index: number) => `+1555080${String(index).padStart(4, '0')}`;

/** How many of the PINs, all keyed in at the same moment, were compared. */
async function compared(calls: { from: string; shortNumber: string }[]): Promise<number> {
  const enter = await Promise.all(
    calls.map(({ from, shortNumber }, index) => callUpToPin(index, from, shortNumber)),
  );
  const answers = await Promise.all(enter.map((pin) => pin(WRONG)));
  const wrong = answers.filter((body) => body.includes(WRONG_ONE)).length;
  expect(answers.filter((body) => body.includes(WAITS))).toHaveLength(calls.length - wrong);
  return wrong;
}

test('at one rep, from many phones', async () => {
  const calls = Array.from({ length: 24 }, (_, index) => ({
    from: phone(index),
    shortNumber: SHORT_NUMBER,
  }));
  expect(await compared(calls)).toBe(PIN_POLICIES.REP.free + 1);
});

test('at many reps, from one phone', async () => {
  const calls = Array.from({ length: 24 }, (_, index) => ({ from: phone(0), shortNumber: `81${index}` }));
  expect(await compared(calls)).toBe(PIN_POLICIES.CALLER.free + 1);
});

test('at many reps, from many phones: the line', async () => {
  // Nearly used up; comparing sixty PINs one after another is slow on purpose.
  const left = 7;
  const { secret } = server.platform.config;
  const line = throttleKey(secret, PIN_SCOPES.line, server.lineId);
  for (let failures = 0; failures < PIN_POLICIES.LINE.free - left; failures += 1) {
    await countFailure(server.pool, [{ key: line, policy: PIN_POLICIES.LINE }], server.clock.now());
  }
  const calls = Array.from({ length: 32 }, (_, index) => ({ from: phone(index), shortNumber: `82${index}` }));
  expect(await compared(calls)).toBe(left + 1);
});

test('from the own number, forged', async () => {
  const calls = Array.from({ length: 16 }, () => ({ from: OWN_PHONE, shortNumber: '' }));
  expect(await compared(calls)).toBe(PIN_POLICIES.OWN_PHONE.free + 1);
});

test('meanwhile the rep calls from the own phone and gets in at once', async () => {
  const guessing = Array.from({ length: 20 }, (_, index) =>
    callUpToPin(index, phone(index), index % 2 ? SHORT_NUMBER : `83${index}`),
  );
  const guesses = await Promise.all(guessing);
  const rep = await callUpToPin(1, OWN_PHONE, '');
  const [answer] = await Promise.all([rep(PIN), ...guesses.map((guess) => guess(WRONG))]);
  expect(answer).toContain(RECORDS);
});
