import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SimulatedCall } from '../../../ivr/simulator/simulated-call.ts';
import { endLostCalls } from '../../../ivr/tasks/end-lost-calls.ts';
import { findLostRecordings } from '../../../ivr/tasks/find-lost-recordings.ts';
import { Unavailable } from '../../../platform/errors.ts';
import { settleDictationTask } from '../../../transcription/dictations/tasks.ts';
import { copyRecordingTask } from '../../../transcription/ingest/tasks.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from '../server.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

const MINUTE = 60_000;
const everythingLost = { recordingCallback: 'lost', loseRecordingRequests: true, loseStatus: true } as const;

async function speakingCall(faults = {}): Promise<SimulatedCall> {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE, faults });
  await call.press(`${PIN}#`);
  await call.speak(speech(5));
  return call;
}

async function stateOf(call: SimulatedCall) {
  const { rows } = await server.pool.query(
    `select c.status as call, c.end_reason as reason, d.status as dictation, r.status as recording
     from call c join recording r on r.call_id = c.id join dictation d on d.id = r.dictation_id
     where c.carrier_call_id = $1`,
    [call.sid],
  );
  return rows[0];
}

test('a call whose end was lost is ended once the carrier says that it is over, not before', async () => {
  const call = await speakingCall(everythingLost);
  server.clock.advance(5 * MINUTE);
  expect(await endLostCalls(server.deps, server.carrier)).toBe(0);
  expect(await stateOf(call)).toMatchObject({ call: 'in_progress', dictation: 'open' });
  await call.hangUp();
  expect(await endLostCalls(server.deps, server.carrier)).toBe(1);
  expect(await endLostCalls(server.deps, server.carrier)).toBe(0);
  expect(await stateOf(call)).toEqual({
    call: 'ended',
    reason: 'completed',
    dictation: 'submitted',
    recording: 'expected',
  });

  const waiting = async (task: Parameters<typeof server.platform.queues.counts>[0]) =>
    (await server.platform.queues.counts(task)).waiting;
  // The carrier has its answer before workers are woken.
  await expect.poll(() => waiting(settleDictationTask)).toBeGreaterThan(0);
  const copies = await waiting(copyRecordingTask);
  server.clock.advance(2 * MINUTE);
  expect(await findLostRecordings(server.platform, server.carrier)).toBe(1);
  expect(await stateOf(call)).toMatchObject({ recording: 'announced' });
  await expect.poll(() => waiting(copyRecordingTask)).toBe(copies + 1);
  expect(await findLostRecordings(server.platform, server.carrier)).toBe(0);
});

test('a carrier that can’t be asked: nothing is ended before no call can last that long', async () => {
  const call = await speakingCall(everythingLost);
  const away = {
    callStatus: () => Promise.reject(new Unavailable('away')),
    listRecordings: () => Promise.reject(new Unavailable('away')),
  };
  server.clock.advance(40 * MINUTE);
  expect(await endLostCalls(server.deps, away)).toBe(0);
  server.clock.advance(10 * MINUTE);
  expect(await endLostCalls(server.deps, away)).toBe(1);
  expect(await stateOf(call)).toMatchObject({ call: 'ended', reason: 'lost', dictation: 'submitted' });
  server.clock.advance(15 * MINUTE);
  expect(await findLostRecordings(server.platform, away)).toBe(0);
  // Not knowing is not knowing that there is none.
  expect(await stateOf(call)).toMatchObject({ recording: 'expected' });
  await call.hangUp();
  expect(await findLostRecordings(server.platform, server.carrier)).toBe(1);
});

test('hung up at the tone: what was never recorded is not waited for', async () => {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`${PIN}#`);
  await call.hangUp();
  expect(await stateOf(call)).toMatchObject({ dictation: 'submitted', recording: 'expected' });
  server.clock.advance(11 * MINUTE);
  await findLostRecordings(server.platform, server.carrier);
  expect(await stateOf(call)).toMatchObject({ recording: 'empty' });
});

test('a call that the carrier does not know of any more is over', async () => {
  const call = await speakingCall(everythingLost);
  server.clock.advance(3 * MINUTE);
  expect(await endLostCalls(server.deps, { callStatus: async () => null })).toBe(1);
  expect(await stateOf(call)).toMatchObject({
    call: 'ended',
    reason: 'unknown-to-carrier',
    dictation: 'submitted',
  });
  await call.hangUp();
  server.clock.advance(2 * MINUTE);
  expect(await findLostRecordings(server.platform, server.carrier)).toBe(1);
});

test('stopping the server sends what callers under way have said', async () => {
  const call = await speakingCall();
  await server.restart();
  expect(await stateOf(call)).toMatchObject({
    call: 'ended',
    dictation: 'submitted',
    recording: 'announced',
  });
});

test('what was said when the server died is sent after it has started again', async () => {
  const call = await speakingCall(everythingLost);
  await server.restart();
  expect(await stateOf(call)).toMatchObject({ call: 'in_progress' });
  server.clock.advance(3 * MINUTE);
  expect(await endLostCalls(server.deps, server.carrier)).toBe(1);
  server.clock.advance(2 * MINUTE);
  expect(await findLostRecordings(server.platform, server.carrier)).toBe(1);
  expect(await stateOf(call)).toMatchObject({
    call: 'ended',
    dictation: 'submitted',
    recording: 'announced',
  });
});
