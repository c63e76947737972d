import { Buffer } from 'node:buffer';
import twilio from 'twilio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type IvrServer,
  OWN_PHONE,
  PIN,
  REPORT_LINE,
  STRANGE_PHONE,
  speech,
  startIvrServer,
} from '../server.ts';

/*
 * The carrier's own library against the simulated API: what it can page through, parse and delete has the right
 * shape.
 */

let server: IvrServer;
let client: twilio.Twilio;

beforeAll(async () => {
  server = await startIvrServer();
  const { accountSid, authToken } = server.platform.config.carrier;
  client = twilio(accountSid, authToken, {
    httpClient: {
      async request<T>(options: { method: string; uri: string; params?: object }) {
        const { pathname, search } = new URL(options.uri);
        const query = new URLSearchParams(options.params as Record<string, string>).toString();
        const response = await server.app.inject({
          method: options.method.toUpperCase() === 'DELETE' ? 'DELETE' : 'GET',
          url: pathname + (query === '' ? search : `?${query}`),
          headers: {
            authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
          },
        });
        return { statusCode: response.statusCode, body: response.body as T };
      },
    } as NonNullable<ConstructorParameters<typeof twilio.Twilio>[2]>['httpClient'],
  });
});
afterAll(() => server.close());

async function callFrom(from: string) {
  return server.simulator.placeCall({ from, to: REPORT_LINE });
}

test('calls to a number: filtered, in pages, the newest first', async () => {
  const calls = [];
  for (const from of [OWN_PHONE, STRANGE_PHONE, OWN_PHONE, OWN_PHONE, STRANGE_PHONE])
    calls.push(await callFrom(from));
  await calls[0]?.hangUp();
  const listed = await client.calls.list({ to: REPORT_LINE, pageSize: 2 });
  expect(listed.map(({ sid }) => sid)).toEqual(calls.map(({ sid }) => sid).reverse());
  expect(listed[0]).toMatchObject({ to: REPORT_LINE, from: STRANGE_PHONE, direction: 'inbound' });
  expect(listed[0]?.startTime).toBeInstanceOf(Date);
  expect(listed[0]?.startTime.getTime()).not.toBeNaN();
  expect(await client.calls.list({ to: '+15550999999' })).toEqual([]);
  const over = await client.calls.list({ to: REPORT_LINE, status: 'completed' });
  expect(over.map(({ sid }) => sid)).toEqual([calls[0]?.sid]);
  expect(over[0]?.endTime).toBeInstanceOf(Date);
  for (const call of calls) await call.hangUp();
});

test('a call is deleted when it is over, and then there is none', async () => {
  const call = await callFrom(OWN_PHONE);
  await expect(client.calls(call.sid).remove()).rejects.toMatchObject({ status: 409 });
  await call.hangUp();
  expect(await client.calls(call.sid).fetch()).toMatchObject({ status: 'completed', sid: call.sid });
  expect(await client.calls(call.sid).remove()).toBe(true);
  await expect(client.calls(call.sid).fetch()).rejects.toMatchObject({ status: 404 });
});

test('recordings of a call: listed, described, deleted', async () => {
  const call = await callFrom(OWN_PHONE);
  await call.press(`${PIN}#`);
  await call.speak(speech(2));
  await call.hangUp();
  const [recording] = await client.calls(call.sid).recordings.list();
  expect(recording).toMatchObject({ callSid: call.sid, duration: '2', status: 'completed', channels: 1 });
  expect(recording?.startTime).toBeInstanceOf(Date);
  const { sid = '' } = recording ?? {};
  expect(await client.recordings(sid).fetch()).toMatchObject({ sid, duration: '2' });
  expect(await client.recordings(sid).remove()).toBe(true);
  expect(await client.calls(call.sid).recordings.list()).toEqual([]);
});
