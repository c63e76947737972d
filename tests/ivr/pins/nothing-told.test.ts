import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPin } from '../../../platform/auth/pins.ts';
import { createLogger } from '../../../platform/log.ts';
import { type IvrServer, OWN_PHONE, REPORT_LINE, SURVEY_LINE, speech, startIvrServer } from '../server.ts';
import { openSurvey } from '../survey-kit.ts';
import { callForm, postSigned } from '../webhooks/post-signed.ts';

/*
 * No digit that a caller keys in, and no number that they call from, is told to a log, an error, a metric or the
 * rows of a call: at the most talkative level, and with the database broken in the middle in many ways.
 */

/** Long, so that none of them stands in a duration or an id by chance. */
const KEYED = {
  pin: '7302591846',
  wrongPin: '9418267305',
  ownPin: '8402957316',
  shortNumber: '60417395',
  wrongNumber: '60417396',
};
const STRANGER = '+15550182736';

const lines: string[] = [];
let server: IvrServer;
let id: string;

beforeAll(async () => {
  const log = createLogger({ level: 'trace', destination: { write: (line: string) => lines.push(line) } });
  server = await startIvrServer({ log, realPins: true });
  const survey = await openSurvey(server);
  id = survey.ids[0] ?? '';
  await server.pool.query('update app_user set short_number = $1, pin_hash = $2, pin_must_change = true', [
    KEYED.shortNumber,
    await hashPin(server.platform.config.secret, KEYED.pin),
  ]);
});
afterAll(() => server.close());

/** Somebody keys in everything that there is to key in, from three phones. */
async function everything(
  whenAnswered: () => Promise<unknown>,
  mended: () => Promise<unknown>,
): Promise<void> {
  const place = (from: string, to: string) => server.simulator.placeCall({ from, to });
  const own = await place(OWN_PHONE, REPORT_LINE);
  const stranger = await place(STRANGER, REPORT_LINE);
  const respondent = await place(STRANGER, SURVEY_LINE);
  await whenAnswered();
  await own.press(`${KEYED.wrongPin}#${KEYED.pin}#${KEYED.ownPin}#`);
  await stranger.press(`${KEYED.wrongNumber}#${KEYED.wrongPin}#${KEYED.shortNumber}#${KEYED.pin}#`);
  await respondent.press(`${id.slice(0, 11)}${(Number(id[11]) + 1) % 10}#${id}#`);
  await mended();
  for (const call of [own, stranger, respondent]) {
    if (call.listening()?.kind === 'recording') await call.speak(speech(3));
    await call.hangUp();
  }
  await server.simulator.deliverCallbacks();
  await server.pool.query('delete from throttle');
}

const nothing = async () => {};
const BROKEN: [string, string, string][] = [
  ['no counters', 'alter table throttle rename to gone', 'alter table gone rename to throttle'],
  [
    'no hashes',
    'alter table app_user rename column pin_hash to gone',
    'alter table app_user rename column gone to pin_hash',
  ],
  // The database's own words for these quote the whole row.
  [
    'no state can be saved',
    'alter table call add constraint broken check (state is null) not valid',
    'alter table call drop constraint broken',
  ],
  [
    'no answer can be saved',
    'alter table call_step add constraint broken check (response is null) not valid',
    'alter table call_step drop constraint broken',
  ],
  [
    'no failure can be counted',
    'alter table throttle add constraint broken check (failures < 0) not valid',
    'alter table throttle drop constraint broken',
  ],
];

test('calls are taken, and calls fail', { timeout: 120_000 }, async () => {
  await everything(nothing, nothing);
  for (const [, breaking, mending] of BROKEN) {
    await everything(
      () => server.pool.query(breaking),
      () => server.pool.query(mending),
    );
  }
  // Connections that die while their statements are under way.
  const kill = () =>
    server.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and query not like 'LISTEN%'`,
    );
  await everything(async () => {
    const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
    await Promise.allSettled([call.press(`${KEYED.wrongPin}#`), kill()]);
    await call.hangUp().catch(nothing);
  }, nothing);
  // What is no request of ours.
  const Digits = KEYED.pin;
  const form = callForm(STRANGER, REPORT_LINE, { Digits });
  for (const path of [
    `/ivr/answer?Digits=${Digits}&attempt=x`,
    `/ivr/nowhere?Digits=${Digits}`,
    `/ivr/calls/${Digits}/steps/1?pin=${Digits}`,
    `/ivr/calls/00000000-0000-7000-8000-000000000000/steps/1?pin=1`,
  ]) {
    const { body, statusCode } = await postSigned(server, { path, body: form });
    expect(body).not.toContain(Digits);
    expect(statusCode).toBeLessThan(500);
  }
  const unsigned = await postSigned(server, { path: '/ivr/answer', body: form, signature: 'no' });
  expect(unsigned.body).not.toContain(Digits);

  const log = lines.join('');
  // It is the real thing that was listened to.
  expect(log).toContain('request of the carrier failed');
  expect(log).toContain('"level":"trace"');
});

const told = () => ({
  ...KEYED,
  id,
  ownPhone: OWN_PHONE.slice(1),
  strangePhone: STRANGER.slice(1),
});

/** As it was keyed in, and as it might be spelled. */
function findIn(text: string): string[] {
  return Object.entries(told()).flatMap(([what, digits]) => {
    const forms = [
      digits,
      [...digits].join(', '),
      [...digits].join(' '),
      Buffer.from(digits).toString('base64'),
    ];
    return forms.some((form) => text.includes(form)) ? [what] : [];
  });
}

test('no log line tells a digit', () => {
  expect(lines.length).toBeGreaterThan(150);
  expect(lines.filter((line) => findIn(line).length > 0)).toEqual([]);
});

test('no metric tells one', async () => {
  const { body } = await server.app.inject('/metrics');
  expect(body).toContain('dictaline_ivr_webhook_seconds');
  expect(body).toContain('dictaline_ivr_troubles_total');
  expect(findIn(body)).toEqual([]);
});

test('nor do the rows of calls, counters, audit and responses tell PINs or IDs', async () => {
  const { rows } = await server.pool.query<{ all: string }>(`
    select concat_ws(' ',
      (select string_agg((c.*)::text, ' ') from call c), (select string_agg((s.*)::text, ' ') from call_step s),
      (select string_agg((t.*)::text, ' ') from throttle t), (select string_agg((a.*)::text, ' ') from audit_entry a),
      (select string_agg((i.*)::text, ' ') from invitation i),
      (select string_agg((r.*)::text, ' ') from survey_response r)) as all`);
  const all = rows[0]?.all ?? '';
  expect(all).toContain(OWN_PHONE);
  for (const secret of ['pin', 'wrongPin', 'ownPin', 'id']) expect(findIn(all)).not.toContain(secret);
});
