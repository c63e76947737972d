/**
 * How often PINs can be guessed in a day: what the policies say, and what the code that answers the phone does, on a
 * real PostgreSQL, with a clock that is set from one try to the next. Every guesser tries again at the first moment
 * possible, day and night, and is always wrong.
 *
 *   npm run bench guessing [REPS] [PHONES] [HOURS]
 *
 * One limit at a time is measured by never coming back to what the others count: to a phone, a rep or a line. The
 * people's PIN hashes are of argon2id's least cost, or thirty thousand comparisons would take an hour; what is
 * compared and when, which is what is measured, is the same.
 */
import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { checkPin, type PinOutcome } from '../ivr/pins/check-pin.ts';
import { PIN_POLICIES, type PinAttempt } from '../ivr/pins/pin-throttle.ts';
import { weaknessOf } from '../platform/auth/pin-rules.ts';
import { hashPin } from '../platform/auth/pins.ts';
import { guessesWithin } from '../platform/auth/throttle.ts';
import { createSettableClock } from '../platform/clock.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import { machine, openBenchPlatform } from './support/bench-platform.ts';

const [, , reps = '500', phones = '1000', hours = '24'] = process.argv;
const [REPS, PHONES] = [Number(reps), Number(phones)];
const DURATION_MS = Number(hours) * 3_600_000;
const START = new Date('2026-03-02T00:00:00Z');
const AT_ONCE = 12;
/** Six random digits without those that are refused. */
const POSSIBLE_PINS = Array.from({ length: 1_000_000 }, (_, number) =>
  String(number).padStart(6, '0'),
).filter((pin) => weaknessOf(pin, { shortNumber: null, phones: [] }) === null).length;
const [WRONG, RIGHT] = ['135790', '730259'];
/** Reps who call from their own phones every hour while everything is being guessed at. */
const HONEST = 10;

const { platform, close } = await openBenchPlatform({});
const { pool } = platform.database;
const { secret } = platform.config;

// What a crash would lose is no part of what is measured.
await pool.query(
  `do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$`,
);

const expensive = await hashPin(secret, RIGHT);
const cheap = await hash(randomUUID(), {
  algorithm: 2,
  memoryCost: 8,
  timeCost: 1,
  parallelism: 1,
});
/** So many people that a guesser need not come back to one. */
const people = Math.max(REPS, PHONES * guessesWithin(DURATION_MS, PIN_POLICIES.CALLER));
await pool.query(
  `insert into app_user (id, email, name, roles, short_number, pin_hash)
   select gen_random_uuid(), n || '@example.com', 'Rep ' || n, '{rep}', (100000 + n)::text,
     case when n < $3 then $2 else $1 end
   from generate_series(0, $4 - 1) as n`,
  [cheap, expensive, HONEST, people],
);
const { rows: ids } = await pool.query<{ id: string }>(
  'select id from app_user order by short_number limit $1',
  [REPS],
);

let spent = 0;
const nextOf = (prefix: string) => () => {
  spent += 1;
  return `${prefix}${String(spent).padStart(7, '0')}`;
};
const freshPhone = nextOf('+1555');
const rep = (index: number) => String(100_000 + (index % people));

function attempt(about: PinAttempt, pin: string, now: Date): Promise<PinOutcome> {
  return inTransaction(pool, (client, along) =>
    checkPin(client, along, { ...about, secret, now, pin, failuresInCall: 0, read: null }),
  );
}

/** One guesser's day. Out: PINs compared. */
async function guess(next: () => PinAttempt): Promise<number> {
  const clock = createSettableClock(START);
  const end = START.getTime() + DURATION_MS;
  let compared = 0;
  while (clock.now().getTime() < end) {
    const outcome = await attempt(next(), WRONG, clock.now());
    if (outcome.kind === 'wrong') compared += 1;
    else if (outcome.kind === 'slowed') clock.advance(outcome.waitSeconds * 1000);
    else throw new Error('A wrong PIN was right');
  }
  return compared;
}

/** Guessers who have nothing in common, several at a time. */
async function guessAll(amount: number, nextOf: (index: number) => () => PinAttempt): Promise<number> {
  await pool.query('delete from throttle');
  let begun = 0;
  let compared = 0;
  const work = async () => {
    while (begun < amount) {
      const index = begun;
      begun += 1;
      const more = await guess(nextOf(index));
      compared += more;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return compared;
}

const stranger = (more: Partial<PinAttempt>): PinAttempt => ({
  lineId: randomUUID(),
  fromNumber: freshPhone(),
  fromIsProven: false,
  phoneOwnerId: null,
  shortNumber: rep(0),
  ...more,
});

interface Row {
  limit: string;
  expected: number;
  measured: number;
}
const rows: Row[] = [];
async function measure(
  limit: string,
  expected: number,
  guessers: number,
  nextOf: (index: number) => () => PinAttempt,
): Promise<void> {
  rows.push({ limit, expected, measured: await guessAll(guessers, nextOf) });
}

const within = (policy: (typeof PIN_POLICIES)[keyof typeof PIN_POLICIES]) =>
  guessesWithin(DURATION_MS, policy);
const line = randomUUID();
const taking = () => {
  let turn = 0;
  return () => turn++;
};

await measure(
  `rep alone (${REPS} reps)`,
  REPS * within(PIN_POLICIES.REP),
  REPS,
  (index) => () => stranger({ shortNumber: rep(index) }),
);
const anyone = taking();
await measure(
  `caller alone (${PHONES} phones)`,
  PHONES * within(PIN_POLICIES.CALLER),
  PHONES,
  (index) => () =>
    stranger({ fromNumber: `+1556${String(index).padStart(7, '0')}`, shortNumber: rep(anyone()) }),
);
const onLine = taking();
await measure(
  'line alone (1 line)',
  within(PIN_POLICIES.LINE),
  1,
  () => () => stranger({ lineId: line, shortNumber: rep(onLine()) }),
);
const withheld = taking();
await measure(
  'withheld numbers (1 line)',
  within(PIN_POLICIES.WITHHELD),
  1,
  () => () => stranger({ lineId: line, fromNumber: null, shortNumber: rep(withheld()) }),
);
const together = taking();
await measure(
  `all of them: ${PHONES} phones, ${REPS} reps, 1 line`,
  Math.min(within(PIN_POLICIES.LINE), REPS * within(PIN_POLICIES.REP), PHONES * within(PIN_POLICIES.CALLER)),
  1,
  () => () => {
    const turn = together();
    return stranger({
      lineId: line,
      fromNumber: `+1556${String(turn % PHONES).padStart(7, '0')}`,
      shortNumber: rep(turn % REPS),
    });
  },
);

// All is slowed now. The reps call from their own phones, each hour, while it stays so.
let slowedReps = 0;
let calls = 0;
for (let hour = 0; hour < Number(hours); hour += 1) {
  const now = new Date(START.getTime() + hour * 3_600_000);
  for (const { id } of ids.slice(0, HONEST)) {
    const own: PinAttempt = { ...stranger({ lineId: line }), phoneOwnerId: id };
    calls += 1;
    if ((await attempt(own, RIGHT, now)).kind !== 'right') slowedReps += 1;
  }
}

await measure(
  `own numbers forged (all ${REPS} known)`,
  REPS * within(PIN_POLICIES.OWN_PHONE),
  REPS,
  (index) => () => ({ ...stranger({ lineId: line }), phoneOwnerId: ids[index]?.id ?? null }),
);
await close();

console.log(
  `${hours} hours, PINs of six random digits (${POSSIBLE_PINS.toLocaleString('en-US')} possible). ${machine()}\n`,
);
const number = (value: number) => value.toLocaleString('en-US').padStart(9);
const percent = (guesses: number) => `${((guesses / POSSIBLE_PINS) * 100).toFixed(3)} %`.padStart(11);
console.log(`${'limit'.padEnd(44)} computed  measured  accounts a day`);
for (const { limit, expected, measured } of rows) {
  console.log(`${limit.padEnd(44)}${number(expected)} ${number(measured)}     ${percent(measured)}`);
}
const [all, forged] = rows.slice(-2);
const worst = (all?.measured ?? 0) + (forged?.measured ?? 0);
console.log(
  `${'worst: all of them and forged'.padEnd(44)}${number((all?.expected ?? 0) + (forged?.expected ?? 0))} ${number(worst)}     ${percent(worst)}`,
);
console.log(`\nMeanwhile from their own phones: ${calls} calls of reps, ${slowedReps} slowed.`);
if (slowedReps > 0) process.exitCode = 1;
