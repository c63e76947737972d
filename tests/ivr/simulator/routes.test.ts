import { readFile } from 'node:fs/promises';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerSimulator } from '../../../ivr/simulator/register-simulator.ts';
import { loadConfig } from '../../../platform/config.ts';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from '../server.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

const account = () => `/2010-04-01/Accounts/${server.platform.config.carrier.accountSid}`;

async function recordedCall() {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`${PIN}#`);
  await call.speak(speech(2));
  await call.press('*');
  const [recording] = await server.simulator.media.listOfCall(call.sid);
  return { call, recordingSid: recording?.recordingSid ?? '' };
}

describe('the carrier’s REST API', () => {
  test('a stranger gets nothing', async () => {
    const { call, recordingSid } = await recordedCall();
    const { accountSid } = server.platform.config.carrier;
    for (const authorization of [undefined, `Basic ${btoa(`${accountSid}:wrong`)}`, 'Bearer x']) {
      for (const [method, url] of [
        ['GET', `${account()}/Recordings/${recordingSid}.wav`],
        ['DELETE', `${account()}/Recordings/${recordingSid}.json`],
        ['GET', `${account()}/Calls/${call.sid}/Recordings.json`],
        ['GET', `${account()}/Calls/${call.sid}.json`],
      ] as const) {
        const headers = authorization === undefined ? {} : { authorization };
        expect((await server.app.inject({ method, url, headers })).statusCode).toBe(401);
      }
    }
    expect(await server.simulator.media.read(recordingSid)).toBeDefined();
    await call.hangUp();
  });

  test('media, list, status and deletion, as our client asks for them', async () => {
    const { call, recordingSid } = await recordedCall();
    const [listed] = await server.carrier.listRecordings(call.sid);
    expect(listed).toMatchObject({ carrierRecordingId: recordingSid, durationSeconds: 2 });
    const { stream, bytes } = await server.carrier.fetchMedia(listed?.mediaPath ?? '');
    const chunks = await stream.toArray();
    expect(Buffer.concat(chunks)).toHaveLength(bytes ?? 0);
    expect(await server.carrier.callStatus(call.sid)).toBe('in-progress');
    await call.hangUp();
    expect(await server.carrier.callStatus(call.sid)).toBe('completed');
    expect(await server.carrier.callStatus('CA0')).toBeNull();
    await server.carrier.deleteRecording(recordingSid);
    await server.carrier.deleteRecording(recordingSid);
    expect(await server.carrier.listRecordings(call.sid)).toEqual([]);
  });

  test('no name leads out of the folder', async () => {
    for (const sid of ['../../etc/passwd', 'RE0', `RE${'0'.repeat(31)}/`, '']) {
      expect(await server.simulator.media.read(sid)).toBeUndefined();
      expect(await server.simulator.media.delete(sid)).toBe(false);
    }
  });
});

describe('the caller’s side', () => {
  const post = (url: string, payload: object | Buffer, type = 'application/json') =>
    server.app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });

  test('a call from dialing to hanging up', async () => {
    const placed = await post('/simulator/calls', { to: REPORT_LINE, from: OWN_PHONE });
    expect(placed.statusCode).toBe(201);
    const { id } = placed.json();
    await post(`/simulator/calls/${id}/digits`, { keys: `${PIN}#` });
    const spoken = await post(`/simulator/calls/${id}/speech`, writeWav(16_000, speech(3)), 'audio/wav');
    expect(spoken.json().events.at(-1)).toEqual({ kind: 'speech', seconds: 1.5 });
    const waited = await post(`/simulator/calls/${id}/wait`, {});
    expect(waited.json().listening).toMatchObject({ kind: 'keys', numDigits: 1 });
    const ended = await post(`/simulator/calls/${id}/hangup`, {});
    expect(ended.json()).toMatchObject({ status: 'completed', listening: null });
    expect((await server.app.inject(`/simulator/calls/${id}`)).json()).toEqual(ended.json());
  });

  test('an MP3 file is speech, too', async () => {
    const mp3 = await readFile(new URL('../../../app/demo/company/audio/A-003.mp3', import.meta.url));
    const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
    const spoken = await post(`/simulator/calls/${call.sid}/speech`, mp3, 'audio/mpeg');
    expect(spoken.json().events.at(-1).seconds).toBeGreaterThan(60);
    await call.hangUp();
  });

  test('what is no call, key, number or sound is refused with a sentence', async () => {
    const { call } = await recordedCall();
    for (const [response, status] of [
      [await post('/simulator/calls/CA0/digits', { keys: '1' }), 404],
      [await post(`/simulator/calls/${call.sid}/digits`, { keys: 'A' }), 400],
      [await post('/simulator/calls', { to: REPORT_LINE, from: 'me' }), 400],
      [await post(`/simulator/calls/${call.sid}/speech`, Buffer.from('no sound'), 'audio/wav'), 400],
      [await post(`/simulator/calls/${call.sid}/speech`, Buffer.from('x'), 'video/mp4'), 415],
    ] as const) {
      expect([response.statusCode, typeof response.json().error.message]).toEqual([status, 'string']);
    }
    await call.hangUp();
  });
});

test('with a real carrier there is no simulator', async () => {
  const config = loadConfig({
    DATA_DIR: server.platform.config.dataFolder,
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'token',
  });
  const app = Fastify();
  expect(await registerSimulator(app, { ...server.platform, config })).toBeNull();
  for (const url of ['/phone', '/simulator/lines', `${account()}/Calls/CA1.json`]) {
    expect((await app.inject(url)).statusCode).toBe(404);
  }
  await app.close();
});
