import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endLostCalls } from '../../../ivr/tasks/end-lost-calls.ts';
import { findLostRecordings } from '../../../ivr/tasks/find-lost-recordings.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { closeJob } from '../../../transcription/jobs/close-job.ts';
import { readJob } from '../../../transcription/jobs/job-detail.ts';
import { finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { buildTranscriptionist } from '../../transcription/support/build-dictation.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from '../server.ts';
import { callIn, dictations, forgetAll, listen, played, secondsAt, settleAll } from './kit.ts';

const MINUTE_MS = 60_000;
const NOTHING_TOLD = { recordingCallback: 'lost', loseRecordingRequests: true, loseStatus: true } as const;

let server: IvrServer;
let typist: string;
beforeAll(async () => {
  server = await startIvrServer({ resumes: true });
  typist = await buildTranscriptionist(server.platform.database);
});
afterAll(() => server.close());
beforeEach(() => forgetAll(server));

const latest = async () => (await dictations(server)).at(-1);

/** The line breaks in mid-speech. */
async function breakOff(seconds: number): Promise<string> {
  const call = await callIn(server);
  await call.speak(speech(seconds));
  await call.hangUp();
  await server.simulator.deliverCallbacks();
  const kept = await latest();
  expect(kept).toMatchObject({ status: 'submitted', wasCutOff: true });
  return kept?.id ?? '';
}

test('the next call hears the last five seconds and goes on: one dictation, the seam marked', async () => {
  const id = await breakOff(20);
  const before = await latest();
  await settleAll(server);
  expect(await latest()).toMatchObject({ jobStatus: 'waiting' });
  server.clock.advance(9 * MINUTE_MS);
  const call = await callIn(server);
  expect(call.events().filter((event) => event.kind === 'say')).toMatchObject([
    {},
    {},
    { text: 'We were cut off before.' },
    { text: 'You said last:' },
    { text: 'To go on from there, press 1. To begin anew, press 2.' },
  ]);
  const [ending = ''] = played(call, 1);
  expect(await secondsAt(server, ending)).toBe(5);

  await call.press('1');
  // Nobody can claim what is being added to.
  expect(await latest()).toMatchObject({ id, status: 'open', jobStatus: 'preparing' });
  expect(await claimJob(server.fullPlatform, { userId: typist })).toBeNull();
  await call.speak(speech(7));
  await call.press('#');
  await call.hangUp();
  await server.simulator.deliverCallbacks();
  await settleAll(server);
  const kept = await latest();
  expect(kept).toMatchObject({
    id,
    status: 'submitted',
    wasCutOff: false,
    jobStatus: 'waiting',
    parts: [
      { id: before?.parts[0]?.id, part: 1, seconds: 20, seam: false },
      { part: 2, seconds: 7, seam: true },
    ],
  });
  const claimed = await claimJob(server.fullPlatform, { userId: typist });
  expect(claimed?.dictation).toMatchObject({ id, seamsMs: [20_000], durationSeconds: 27 });
});

test.each([['2'], ['']])(
  '"%s" begins anew: what was said is sent as it was, and not offered again',
  async (key) => {
    const id = await breakOff(6);
    const call = await callIn(server);
    const said = listen(call);
    if (key === '') await call.wait();
    else await call.press(key);
    expect(said()).toBe(
      'Please say your report after the tone. | Press pound to end, star to pause, 0 for help.',
    );
    await call.speak(speech(3));
    await call.press('#');
    await call.hangUp();
    const kept = await dictations(server);
    expect(kept.find((each) => each.id === id)).toMatchObject({ status: 'submitted', wasCutOff: false });
    expect(kept.at(-1)).toMatchObject({ status: 'submitted', wasCutOff: false });
    expect(kept.at(-1)?.id).not.toBe(id);
    const later = await callIn(server);
    expect(later.listening()).toMatchObject({ kind: 'recording' });
    await later.hangUp();
  },
);

describe('how long it is offered', () => {
  test('ten minutes after hanging up', async () => {
    await breakOff(4);
    server.clock.advance(10 * MINUTE_MS + 1000);
    const call = await callIn(server);
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    await call.hangUp();
  });

  test('an hour after the carrier said that the line failed', async () => {
    await breakOff(4);
    await server.pool.query(
      `update call set end_reason = 'failed' where id in (select call_id from recording r join dictation d
       on d.id = r.dictation_id where d.dropped_at is not null)`,
    );
    server.clock.advance(59 * MINUTE_MS);
    const call = await callIn(server);
    expect(call.listening()).toMatchObject({ kind: 'keys' });
    await call.hangUp();
    // Hanging up while it was offered left it as it was.
    server.clock.advance(2 * MINUTE_MS);
    const late = await callIn(server);
    expect(late.listening()).toMatchObject({ kind: 'recording' });
    await late.hangUp();
  });
});

test.each([
  ['pound', '#'],
  ['a pause', '*'],
])('hanging up after %s is no broken line', async (_name, key) => {
  const call = await callIn(server);
  await call.speak(speech(4));
  await call.press(key);
  await call.hangUp();
  expect(await latest()).toMatchObject({ status: 'submitted', wasCutOff: false });
});

test('broken off again while going on: offered again, with the end of what was said last', async () => {
  const id = await breakOff(10);
  const second = await callIn(server);
  await second.press('1');
  await second.speak(speech(2));
  await second.hangUp();
  await server.simulator.deliverCallbacks();
  const third = await callIn(server);
  expect(await Promise.all(played(third, 2).map((url) => secondsAt(server, url)))).toEqual([3, 2]);
  await third.press('1');
  await third.speak(speech(4));
  await third.press('#');
  await third.hangUp();
  expect(await latest()).toMatchObject({
    id,
    status: 'submitted',
    parts: [
      { part: 1, seconds: 10, seam: false },
      { part: 2, seconds: 2, seam: true },
      { part: 3, seconds: 4, seam: true },
    ],
  });
});

describe('its job is under somebody’s hands', () => {
  async function claimed(id: string) {
    await settleAll(server);
    const detail = await claimJob(server.fullPlatform, { userId: typist });
    if (!detail?.leaseToken) throw new Error('nothing to claim');
    expect(detail.dictation.id).toBe(id);
    return { jobId: detail.id, leaseToken: detail.leaseToken, userId: typist };
  }
  const finalize = (job: { jobId: string; leaseToken: string; userId: string }) =>
    finalizeJob(
      server.fullPlatform,
      { afterFinalize: [] },
      { ...job, ...finalizeInput.parse({ leaseToken: job.leaseToken, text: 'They liked it.', anchors: [] }) },
    );

  test('it stays there, cannot be finished meanwhile, and its audio grows', async () => {
    const id = await breakOff(10);
    const job = await claimed(id);
    const call = await callIn(server);
    await call.press('1');
    expect(await latest()).toMatchObject({ id, status: 'open', jobStatus: 'claimed' });
    await expect(finalize(job)).rejects.toThrow(/being gone on with/);
    await expect(closeJob(server.fullPlatform, { ...job, code: 'caller_hung_up' })).rejects.toThrow(
      /being gone on with/,
    );
    await call.speak(speech(5));
    await call.press('#');
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    await settleAll(server);
    expect(await readJob(server.fullPlatform, job.jobId)).toMatchObject({
      status: 'claimed',
      dictation: { durationSeconds: 15, seamsMs: [10_000] },
    });
    // Told once that there is more to hear.
    await expect(finalize(job)).rejects.toThrow(/has grown/);
    await expect(finalize(job)).resolves.toMatchObject({ reportId: expect.any(String) });
  });

  test('typed meanwhile: said so, and what comes now is a dictation of its own that names the first', async () => {
    const id = await breakOff(10);
    const job = await claimed(id);
    const call = await callIn(server);
    const { reference } = await finalize(job);
    const said = listen(call);
    await call.press('1');
    expect(said()).toBe(
      'That one has been typed already. What you say now goes with it. Speak after the tone.',
    );
    await call.speak(speech(5));
    await call.press('#');
    await call.hangUp();
    const kept = await dictations(server);
    expect(kept.find((each) => each.id === id)).toMatchObject({
      status: 'transcribed',
      // Not offered again.
      wasCutOff: false,
      parts: [{ part: 1 }],
    });
    expect(kept.at(-1)).toMatchObject({ status: 'submitted', jobStatus: 'preparing', parts: [{ part: 1 }] });
    const { rows } = await server.pool.query(
      `select e.kind, e.reason from job_event e join job j on j.id = e.job_id where j.dictation_id = $1`,
      [kept.at(-1)?.id],
    );
    expect(rows).toEqual([{ kind: 'continuation', reason: reference }]);
  });
});

describe('two calls at once', () => {
  test('the carrier takes the old call to go on: the new one goes on with its dictation', async () => {
    const old = await callIn(server);
    await old.speak(speech(8));
    // The network is gone; the phone is dialed anew before the carrier notices.
    const call = await callIn(server);
    const said = listen(call);
    await call.press('7');
    expect(said()).toContain('We were cut off before. | To go on from there, press 1.');
    await call.press('1');
    await call.speak(speech(3));
    await call.press('#');
    // Only now.
    await old.hangUp();
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    await settleAll(server);
    const kept = await latest();
    expect(kept).toMatchObject({
      status: 'submitted',
      jobStatus: 'waiting',
      parts: [
        { part: 1, seconds: 8, seam: false },
        { part: 2, seconds: 3, seam: true },
      ],
    });
    const { rows } = await server.pool.query(
      `select count(*)::int as count from recording where dictation_id = $1 and audio_start_ms is not null`,
      [kept?.id],
    );
    expect(rows).toEqual([{ count: 2 }]);
  });

  test('both are offered it, one goes on with it', async () => {
    const id = await breakOff(5);
    const [one, other] = [await callIn(server), await callIn(server)];
    const said = listen(other);
    await one.press('1');
    await other.press('1');
    expect(said()).toContain('That one is taken care of already. | Please say your report after the tone.');
    await one.speak(speech(2));
    await other.speak(speech(3));
    await one.press('#');
    await other.press('#');
    await one.hangUp();
    await other.hangUp();
    const kept = await dictations(server);
    expect(kept.find((each) => each.id === id)?.parts.map(({ seconds }) => seconds)).toEqual([5, 2]);
    expect(kept.at(-1)?.parts.map(({ seconds }) => seconds)).toEqual([3]);
  });

  test('at the very same moment, too', async () => {
    const id = await breakOff(5);
    const calls = [await callIn(server), await callIn(server)];
    await Promise.all(calls.map((call) => call.press('1')));
    await Promise.all(calls.map((call) => call.speak(speech(2))));
    await Promise.all(calls.map((call) => call.press('#')));
    await Promise.all(calls.map((call) => call.hangUp()));
    const kept = await dictations(server);
    expect(kept.find((each) => each.id === id)).toMatchObject({
      status: 'submitted',
      parts: [{ part: 1 }, { part: 2 }],
    });
    expect(kept.at(-1)).toMatchObject({ status: 'submitted', parts: [{ part: 1 }] });
  });
});

test('nothing of the call that goes on is ever told: found out, and nothing lost or doubled', async () => {
  const id = await breakOff(6);
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE, faults: NOTHING_TOLD });
  await call.press(`${PIN}#`);
  await call.press('1');
  await call.speak(speech(4));
  await call.hangUp();
  expect(await latest()).toMatchObject({ id, status: 'open' });
  server.clock.advance(3 * MINUTE_MS);
  expect(await endLostCalls(server.deps, server.carrier)).toBe(1);
  server.clock.advance(2 * MINUTE_MS);
  expect(await findLostRecordings(server.platform, server.carrier)).toBe(1);
  await settleAll(server);
  expect(await latest()).toMatchObject({
    id,
    status: 'submitted',
    wasCutOff: true,
    jobStatus: 'waiting',
    parts: [
      { part: 1, seconds: 6, seam: false },
      { part: 2, seconds: 4, seam: true },
    ],
  });
});
