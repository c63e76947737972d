import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCarrierClient } from '../../../ivr/carrier/carrier-client.ts';
import { NotFound, Unavailable } from '../../../platform/errors.ts';

const ORIGIN = 'https://carrier.example.com';
const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
const PATH = `/2010-04-01/Accounts/${ACCOUNT}`;
const client = createCarrierClient({ accountSid: ACCOUNT, authToken: 'token', apiOrigin: ORIGIN });

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  expect(unused).toEqual([]);
});
afterAll(() => nock.enableNetConnect());

/** Only requests with the account's credentials are answered. */
const carrier = () => nock(ORIGIN).matchHeader('authorization', `Basic ${btoa(`${ACCOUNT}:token`)}`);

describe('media', () => {
  test('comes with its length and type', async () => {
    carrier()
      .get(`${PATH}/Recordings/RE1`)
      .reply(200, 'sound', { 'content-type': 'audio/x-wav', 'content-length': '5' });
    const { stream, bytes, contentType } = await client.fetchMedia(`${PATH}/Recordings/RE1`);
    expect([String(await buffer(stream)), bytes, contentType]).toEqual(['sound', 5, 'audio/x-wav']);
  });

  test('a redirect within the carrier is followed, with credentials', async () => {
    carrier().get(`${PATH}/Recordings/RE1`).reply(307, '', { location: '/media/RE1.wav' });
    carrier().get('/media/RE1.wav').reply(200, 'sound');
    const { stream } = await client.fetchMedia(`${PATH}/Recordings/RE1`);
    expect(String(await buffer(stream))).toBe('sound');
  });

  test.each([
    ['to another host', 'https://elsewhere.example.com/RE1.wav'],
    ['to the same host without encryption', 'http://carrier.example.com/RE1.wav'],
    ['to another port', 'https://carrier.example.com:8443/RE1.wav'],
    ['to a machine inside', 'http://169.254.169.254/latest'],
    ['without a scheme', '//elsewhere.example.com/RE1.wav'],
  ])('a redirect %s is refused', async (_where, location) => {
    carrier().get(`${PATH}/Recordings/RE1`).reply(302, '', { location });
    await expect(client.fetchMedia(`${PATH}/Recordings/RE1`)).rejects.toThrow(Unavailable);
  });

  test.each(['https://elsewhere.example.com/x', '//elsewhere.example.com/x'])(
    'a path that is an address elsewhere is refused: %s',
    async (path) => {
      await expect(client.fetchMedia(path)).rejects.toThrow(Unavailable);
    },
  );

  test('a silence longer than it may take is given up', async () => {
    nock.enableNetConnect('127.0.0.1');
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const hasty = createCarrierClient({
      accountSid: ACCOUNT,
      authToken: 'token',
      apiOrigin: `http://127.0.0.1:${port}`,
      answerTimeoutMs: 50,
    });
    await expect(hasty.fetchMedia('/silent')).rejects.toThrow(Unavailable);
    silent.closeAllConnections();
    silent.close();
    nock.disableNetConnect();
  });

  test('redirects without end are given up', async () => {
    carrier().get('/loop').times(4).reply(302, '', { location: '/loop' });
    await expect(client.fetchMedia('/loop')).rejects.toThrow('without end');
  });

  test.each([
    [404, NotFound],
    [410, NotFound],
    [401, Unavailable],
    [429, Unavailable],
    [503, Unavailable],
  ])('status %i', async (status, error) => {
    carrier().get('/media').reply(status);
    await expect(client.fetchMedia('/media')).rejects.toThrow(error);
  });

  test('no answer', async () => {
    carrier().get('/media').replyWithError('connection reset');
    await expect(client.fetchMedia('/media')).rejects.toThrow(Unavailable);
  });
});

describe('deleting', () => {
  test.each([204, 404])('status %i is success', async (status) => {
    carrier().delete(`${PATH}/Recordings/RE1.json`).reply(status);
    await client.deleteRecording('RE1');
  });

  test('anything else is not', async () => {
    carrier().delete(`${PATH}/Recordings/RE1.json`).reply(500);
    await expect(client.deleteRecording('RE1')).rejects.toThrow(Unavailable);
  });
});

describe('recordings of a call', () => {
  test('all pages', async () => {
    const page2 = `${PATH}/Calls/CA1/Recordings.json?Page=1`;
    carrier()
      .get(`${PATH}/Calls/CA1/Recordings.json`)
      .reply(200, {
        recordings: [
          {
            sid: 'RE1',
            uri: `${PATH}/Recordings/RE1.json`,
            duration: '12',
            start_time: 'Mon, 02 Mar 2026 14:00:05 +0000',
          },
        ],
        next_page_uri: page2,
      });
    carrier()
      .get(page2)
      .reply(200, { recordings: [{ sid: 'RE2', uri: `${PATH}/Recordings/RE2.json`, duration: '-1' }] });
    expect(await client.listRecordings('CA1')).toEqual([
      {
        carrierRecordingId: 'RE1',
        mediaPath: `${PATH}/Recordings/RE1`,
        durationSeconds: 12,
        startedAt: new Date('2026-03-02T14:00:05Z'),
      },
      {
        carrierRecordingId: 'RE2',
        mediaPath: `${PATH}/Recordings/RE2`,
        durationSeconds: null,
        startedAt: null,
      },
    ]);
  });

  test('a next page elsewhere is refused', async () => {
    carrier()
      .get(`${PATH}/Calls/CA1/Recordings.json`)
      .reply(200, { recordings: [], next_page_uri: 'https://elsewhere.example.com/page' });
    await expect(client.listRecordings('CA1')).rejects.toThrow(Unavailable);
  });

  test('nonsense is an error, not an empty list', async () => {
    carrier().get(`${PATH}/Calls/CA1/Recordings.json`).reply(200, '<html>');
    await expect(client.listRecordings('CA1')).rejects.toThrow(Unavailable);
  });
});

test('the status of a call, null when there is no such call', async () => {
  carrier().get(`${PATH}/Calls/CA1.json`).reply(200, { status: 'in-progress', duration: null });
  carrier().get(`${PATH}/Calls/CA2.json`).reply(404, { code: 20404 });
  expect([await client.callStatus('CA1'), await client.callStatus('CA2')]).toEqual(['in-progress', null]);
});
