import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Faults } from '../../ivr/simulator/faults.ts';
import type { SimulatedCall } from '../../ivr/simulator/simulated-call.ts';
import { createSimulator } from '../../ivr/simulator/simulator.ts';
import { heard } from './heard.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from './server.ts';
import { callForm, postSigned } from './webhooks/post-signed.ts';

/*
 * The number's fallback address is the voice address once more: what the carrier could not have of an answer leads
 * the caller on instead of out. Requests of these calls: 1 answer, 2 PIN, 3 after the recording.
 */

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

const place = (faults: Faults) => server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE, faults });

async function recordingsOf(call: SimulatedCall) {
  const { rows } = await server.pool.query<{ carrierId: string | null; part: number }>(
    `select r.carrier_recording_id as "carrierId", r.part from recording r join call c on c.id = r.call_id
     where c.carrier_call_id = $1 and r.carrier_recording_id is not null order by r.part`,
    [call.sid],
  );
  return rows;
}

describe('an answer that came too late', () => {
  test('to the first request: the same answer', async () => {
    const call = await place({ lateAnswers: [1] });
    expect(heard(call)).toBe('Welcome to the field report line. | Please enter your PIN, then press pound.');
    await call.press(`${PIN}#`);
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    await call.hangUp();
  });

  test('after a recording: the caller hears what was thrown away, and the report is sent once', async () => {
    const call = await place({ lateAnswers: [3] });
    await call.press(`${PIN}#`);
    await call.speak(speech(3));
    await call.press('#');
    expect(heard(call)).toContain('Its reference is');
    expect(heard(call)).not.toContain('something went wrong');
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    expect(await recordingsOf(call)).toHaveLength(1);
  });
});

describe('a request that never arrived', () => {
  test('with the PIN: asked again', async () => {
    const call = await place({ lostRequests: [2] });
    await call.press(`${PIN}#`);
    expect(heard(call)).toContain('Sorry, something went wrong on our side.');
    expect(call.listening()).toMatchObject({ kind: 'keys', numDigits: null });
    await call.press(`${PIN}#`);
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    await call.hangUp();
  });

  test('after a recording: a new part, and the one before keeps its place although it is told of last', async () => {
    const call = await place({ lostRequests: [3], recordingCallback: 'after_end' });
    await call.press(`${PIN}#`);
    await call.speak(speech(2));
    server.clock.advance(4000);
    await call.press('#');
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    server.clock.advance(4000);
    await call.speak(speech(3));
    await call.press('#');
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    const media = await server.simulator.media.listOfCall(call.sid);
    expect(await recordingsOf(call)).toMatchObject(
      media.map(({ recordingSid }, at) => ({ carrierId: recordingSid, part: at + 1 })),
    );
    expect(media.map(({ seconds }) => seconds)).toEqual([2, 3]);
  });
});

test('a number without a fallback: the carrier apologizes and hangs up, and what was said is kept', async () => {
  const { config, log } = server.platform;
  const { media } = server.simulator;
  const withoutFallback = createSimulator({
    ...{ carrier: config.carrier, publicUrl: config.publicUrl, media, log },
    serverOrigin: () => config.carrier.apiOrigin,
    now: () => server.clock.now(),
    fallbackUrl: null,
  });
  const call = await withoutFallback.placeCall({
    from: OWN_PHONE,
    to: REPORT_LINE,
    faults: { lostRequests: [3], recordingCallback: 'before_action' },
  });
  await call.press(`${PIN}#`);
  await call.speak(speech(2));
  await call.press('#');
  expect(call.events().slice(-2)).toMatchObject([{ kind: 'trouble' }, { kind: 'ended', by: 'line' }]);
  expect(await recordingsOf(call)).toHaveLength(1);
  await withoutFallback.close();
});

test('of a call that nobody knows, or that is over, it is an ordinary answer', async () => {
  const ErrorUrl = 'https://phone.example.com/ivr/answer';
  const unknown = callForm(OWN_PHONE, REPORT_LINE, { ErrorUrl, ErrorCode: '11200' });
  const answered = await postSigned(server, { path: '/ivr/answer', body: unknown });
  expect(answered.body).toContain('Welcome to');
  const CallStatus = 'completed';
  const over = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(unknown)), CallStatus });
  await postSigned(server, { path: '/ivr/status', body: over.toString() });
  const again = await postSigned(server, { path: '/ivr/answer', body: unknown });
  expect(again.body).toContain('<Hangup/>');
  expect(again.body).not.toContain('Welcome to');
});
