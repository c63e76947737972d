import { afterAll, beforeAll, expect, test } from 'vitest';
import { urlsOf } from '../../../ivr/webhooks/part-token.ts';
import { newId } from '../../../platform/new-id.ts';
import { copyRecording } from '../../../transcription/ingest/copy-recording.ts';
import { callIn, dictations } from '../dictating/kit.ts';
import { type IvrServer, speech, startIvrServer } from '../server.ts';

let server: IvrServer;
let recordingId: string;
beforeAll(async () => {
  server = await startIvrServer();
  const call = await callIn(server);
  await call.speak(speech(9));
  await call.press('*');
  recordingId = (await dictations(server))[0]?.parts[0]?.id ?? '';
  await call.hangUp();
});
afterAll(() => server.close());

const addressOf = (id: string, last?: number) =>
  urlsOf(server.platform.config).part(id, last).slice('https://phone.example.com'.length);
const get = (url: string) => server.app.inject({ url });
const secondsOf = (payload: Buffer) => (payload.length - 44) / 2 / 8000;

test('a stranger gets nothing', async () => {
  expect((await get(`/ivr/parts/${recordingId}`)).statusCode).toBe(400);
  expect((await get(`/ivr/parts/${recordingId}?token=x&last=5`)).statusCode).toBe(403);
  const other = addressOf(newId()).split('token=')[1] ?? '';
  const answer = await get(`/ivr/parts/${recordingId}?token=${other}`);
  expect(answer.statusCode).toBe(403);
  expect(answer.rawPayload.length).toBeLessThan(300);
});

test.each(['0', '-1', '61', 'all', '1e9'])('an end of "%s" seconds is not had', async (last) => {
  expect((await get(`${addressOf(recordingId)}&last=${last}`)).statusCode).toBe(400);
});

test('the same end from the carrier and, once it is here, from our storage', async () => {
  const whole = await get(addressOf(recordingId));
  expect(secondsOf(whole.rawPayload)).toBe(9);
  const fromCarrier = await get(addressOf(recordingId, 5));
  expect(fromCarrier.headers['content-type']).toBe('audio/wav');
  expect(fromCarrier.headers['cache-control']).toBe('private, no-store');
  expect(fromCarrier.rawPayload.subarray(44)).toEqual(whole.rawPayload.subarray(-5 * 8000 * 2));

  await copyRecording({ platform: server.fullPlatform, carrierMedia: server.carrier }, recordingId);
  const { rows } = await server.pool.query('select status from recording where id = $1', [recordingId]);
  expect(rows).toEqual([{ status: 'verified' }]);
  const fromStorage = await get(addressOf(recordingId, 5));
  expect(fromStorage.rawPayload.equals(fromCarrier.rawPayload)).toBe(true);
  expect(secondsOf((await get(addressOf(recordingId, 30))).rawPayload)).toBe(9);
});

test('what is not there is a second of silence: media that can’t be had would end the call', async () => {
  await server.pool.query('update recording set destroyed_at = now() where id = $1', [recordingId]);
  const { statusCode, rawPayload } = await get(addressOf(recordingId, 5));
  expect([statusCode, secondsOf(rawPayload)]).toEqual([200, 1]);
  expect(new Set(rawPayload.subarray(44))).toEqual(new Set([0]));
});
