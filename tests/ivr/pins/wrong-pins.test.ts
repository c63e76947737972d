import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkPin } from '../../../ivr/pins/check-pin.ts';
import type { PinAttempt } from '../../../ivr/pins/pin-throttle.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { heard } from '../heard.ts';
import {
  type IvrServer,
  OWN_PHONE,
  PIN,
  REPORT_LINE,
  SHORT_NUMBER,
  STRANGE_PHONE,
  startIvrServer,
} from '../server.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());
beforeEach(() => server.pool.query('delete from throttle'));

const WRONG = '135790';

function attempt(pin: string, more: Partial<PinAttempt> = {}) {
  const { config, clock } = server.platform;
  const about: PinAttempt = {
    lineId: server.lineId,
    fromNumber: STRANGE_PHONE,
    phoneOwnerId: null,
    shortNumber: SHORT_NUMBER,
    ...more,
  };
  return inTransaction(server.pool, (client) =>
    checkPin(client, { secret: config.secret, now: clock.now(), pin, ...about }),
  );
}

const fromOwnPhone = () => ({ fromNumber: OWN_PHONE, phoneOwnerId: server.repId });
let phones = 0;
const anotherPhone = () => {
  phones += 1;
  return `+1555090${String(phones).padStart(4, '0')}`;
};

test('three wrong PINs end the call, politely', async () => {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`${WRONG}#${WRONG}#`);
  expect(call.status()).toBe('in-progress');
  await call.press(`${WRONG}#`);
  expect(heard(call)).toContain('Please check your number and PIN, and call again.');
  expect(call.status()).toBe('completed');
});

test('strangers are slowed across calls and phones, and the right PIN does not help them', async () => {
  for (let time = 0; time < 6; time += 1) {
    expect(await attempt(WRONG, { fromNumber: anotherPhone() })).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(PIN, { fromNumber: anotherPhone() })).toEqual({ kind: 'slowed', waitSeconds: 60 });
  const call = await server.simulator.placeCall({ from: STRANGE_PHONE, to: REPORT_LINE });
  await call.press(`${SHORT_NUMBER}#${PIN}#`);
  expect(heard(call)).toContain('please call again in 1 minute.');
  expect(call.status()).toBe('completed');
  // The rep, from the rep's own phone, notices nothing.
  expect(await attempt(PIN, fromOwnPhone())).toMatchObject({ kind: 'right', userId: server.repId });

  server.clock.advance(61_000);
  expect(await attempt(WRONG, { fromNumber: anotherPhone() })).toEqual({ kind: 'wrong' });
  expect(await attempt(PIN, { fromNumber: anotherPhone() })).toEqual({ kind: 'slowed', waitSeconds: 120 });
  server.clock.advance(121_000);
  expect(await attempt(PIN)).toMatchObject({ kind: 'right', userId: server.repId });
});

test('the own phone is slowed, too: its number can be forged', async () => {
  for (let time = 0; time < 6; time += 1) {
    expect(await attempt(WRONG, fromOwnPhone())).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(PIN, fromOwnPhone())).toEqual({ kind: 'slowed', waitSeconds: 60 });
  // And that does not close the way with the short number.
  expect(await attempt(PIN)).toMatchObject({ kind: 'right', userId: server.repId });
});

test('one phone that tries many short numbers is slowed', async () => {
  for (let time = 0; time < 9; time += 1) {
    expect(await attempt(WRONG, { shortNumber: `80${time}` })).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(WRONG, { shortNumber: '899' })).toEqual({ kind: 'slowed', waitSeconds: 60 });
  expect(await attempt(PIN, { fromNumber: anotherPhone() })).toMatchObject({ kind: 'right' });
});

test('guessing with withheld numbers and ever new short numbers slows the line for strangers only', async () => {
  for (let time = 0; time < 61; time += 1) {
    expect(await attempt(WRONG, { fromNumber: null, shortNumber: `7${time}` })).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(PIN)).toMatchObject({ kind: 'slowed' });
  expect(await attempt(PIN, fromOwnPhone())).toMatchObject({ kind: 'right' });
});

test('calls placed at the same moment get no more tries than calls one after another', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 9 }, () => attempt(WRONG, { fromNumber: anotherPhone() })),
  );
  expect(outcomes.filter(({ kind }) => kind === 'wrong')).toHaveLength(6);
});

test('a request delivered twice counts once', async () => {
  const call = await server.simulator.placeCall({
    from: STRANGE_PHONE,
    to: REPORT_LINE,
    faults: { repeatRequests: true },
  });
  await call.press(`${SHORT_NUMBER}#${WRONG}#`);
  const { rows } = await server.pool.query('select failures from throttle');
  expect(rows).toEqual([{ failures: 1 }, { failures: 1 }, { failures: 1 }]);
  await call.hangUp();
});

test('a short number that nobody has sounds like a wrong PIN', async () => {
  const call = async (shortNumber: string) => {
    const placed = await server.simulator.placeCall({ from: STRANGE_PHONE, to: REPORT_LINE });
    await placed.press(`${shortNumber}#${WRONG}#`);
    const sounds = heard(placed);
    await placed.hangUp();
    return sounds;
  };
  expect(await call('9999')).toBe(await call(SHORT_NUMBER));
});

test('nobody who left, and nobody without a PIN, gets in', async () => {
  await server.pool.query('update app_user set active = false');
  expect(await attempt(PIN)).toEqual({ kind: 'wrong' });
  expect(await attempt(PIN, fromOwnPhone())).toEqual({ kind: 'wrong' });
  await server.pool.query('update app_user set active = true');
});

test('the table names neither numbers nor people', async () => {
  await attempt(WRONG);
  await attempt(WRONG, fromOwnPhone());
  const { rows } = await server.pool.query<{ key: string }>('select key from throttle');
  expect(rows.length).toBeGreaterThan(2);
  for (const { key } of rows) expect(key).toMatch(/^pin-(rep|caller|line|own-phone):[\w-]{43}$/);
});
