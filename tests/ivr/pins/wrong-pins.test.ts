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
  server = await startIvrServer({ realPins: true });
});
afterAll(() => server.close());
beforeEach(() => server.pool.query('delete from throttle'));

const WRONG = '135790';

function attempt(pin: string, more: Partial<PinAttempt> = {}) {
  const { config, clock } = server.platform;
  const about: PinAttempt = {
    lineId: server.lineId,
    fromNumber: STRANGE_PHONE,
    fromIsProven: false,
    phoneOwnerId: null,
    shortNumber: SHORT_NUMBER,
    ...more,
  };
  return inTransaction(server.pool, async (client, along) => {
    const now = clock.now();
    const { secret } = config;
    const outcome = await checkPin(client, along, {
      ...about,
      secret,
      now,
      pin,
      failuresInCall: 0,
      read: null,
    });
    return outcome.kind === 'right' ? { kind: outcome.kind, userId: outcome.user.id } : outcome;
  });
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
  for (let time = 0; time < 3; time += 1) {
    expect(await attempt(WRONG, fromOwnPhone())).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(PIN, fromOwnPhone())).toEqual({ kind: 'slowed', waitSeconds: 120 });
  // All own phones of a rep are one, or each would bring a forger more tries.
  expect(await attempt(PIN, { ...fromOwnPhone(), fromNumber: '+15550111112' })).toMatchObject({
    kind: 'slowed',
  });
  // And that does not close the way with the short number, nor that of a number the carriers vouch for.
  expect(await attempt(PIN)).toEqual({ kind: 'right', userId: server.repId });
  expect(await attempt(PIN, { ...fromOwnPhone(), fromIsProven: true })).toMatchObject({ kind: 'right' });
});

test('a phone that the carriers vouch for is slowed by its own tries', async () => {
  const proven = { ...fromOwnPhone(), fromIsProven: true };
  for (let time = 0; time < 3; time += 1) {
    expect(await attempt(WRONG, proven)).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(PIN, proven)).toEqual({ kind: 'slowed', waitSeconds: 120 });
});

test('one phone that tries many short numbers is slowed', async () => {
  for (let time = 0; time < 9; time += 1) {
    expect(await attempt(WRONG, { shortNumber: `80${time}` })).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(WRONG, { shortNumber: '899' })).toEqual({ kind: 'slowed', waitSeconds: 60 });
  expect(await attempt(PIN, { fromNumber: anotherPhone() })).toMatchObject({ kind: 'right' });
});

test('phones that withhold their number are one phone, and do not slow those that show it', async () => {
  for (let time = 0; time < 16; time += 1) {
    expect(await attempt(WRONG, { fromNumber: null, shortNumber: `7${time}` })).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(PIN, { fromNumber: null })).toMatchObject({ kind: 'slowed' });
  expect(await attempt(PIN)).toMatchObject({ kind: 'right' });
});

test('ever new phones and short numbers slow the line for strangers only', async () => {
  for (let time = 0; time < 61; time += 1) {
    const tried = await attempt(WRONG, { fromNumber: anotherPhone(), shortNumber: `7${time}` });
    expect(tried).toEqual({ kind: 'wrong' });
  }
  expect(await attempt(PIN)).toEqual({ kind: 'slowed', waitSeconds: 30 });
  expect(await attempt(PIN, fromOwnPhone())).toMatchObject({ kind: 'right' });
});

test('a right PIN gives nobody their free tries back', async () => {
  // A guesser who has an account, or waits until the rep has called, starts no better than before.
  for (let time = 0; time < 2; time += 1) await attempt(WRONG, fromOwnPhone());
  expect(await attempt(PIN, fromOwnPhone())).toMatchObject({ kind: 'right' });
  expect(await attempt(WRONG, fromOwnPhone())).toEqual({ kind: 'wrong' });
  expect(await attempt(PIN, fromOwnPhone())).toMatchObject({ kind: 'slowed' });
});

test('who mistypes and then gets it right in the same call has nothing against them', async () => {
  const failures = async () => {
    const { rows } = await server.pool.query<{ failures: number }>('select failures from throttle');
    return rows.map((row) => row.failures);
  };
  await attempt(WRONG, { fromNumber: anotherPhone() });
  const call = await server.simulator.placeCall({ from: STRANGE_PHONE, to: REPORT_LINE });
  // The first is a slip in the short number: it stays, because it may have been meant.
  await call.press(`4712#${WRONG}#${SHORT_NUMBER}#${WRONG}#`);
  expect((await failures()).sort()).toEqual([1, 1, 2, 2, 3]);
  await call.press(`${SHORT_NUMBER}#${PIN}#`);
  expect(heard(call)).toContain('after the tone');
  // Left: the other caller's one, at the rep, on the line; the slip, at nobody, from this phone, on the line.
  expect((await failures()).sort()).toEqual([1, 1, 1, 1, 2]);
  await call.hangUp();
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
  for (const { key } of rows) expect(key).toMatch(/^pin-(rep|caller|line|own-phone|withheld):[\w-]{43}$/);
});
