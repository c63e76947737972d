import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, startIvrServer } from '../server.ts';
import { actionOf, callForm, postSigned, signatureFor } from './post-signed.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

async function everything(): Promise<unknown> {
  const { rows } = await server.pool.query(
    `select (select json_agg(c order by c.id) from call c) as calls,
       (select count(*)::int from call_step) as steps, (select count(*)::int from throttle) as throttles,
       (select json_agg(r order by r.id) from recording r) as recordings,
       (select json_agg(d order by d.id) from dictation d) as dictations`,
  );
  return rows[0];
}

let stepPath: string;
let callBody: string;
beforeEach(async () => {
  callBody = callForm(OWN_PHONE, REPORT_LINE);
  const answer = await postSigned(server, { path: '/ivr/answer', body: callBody });
  stepPath = actionOf(answer.body);
});

const paths = (): [string, string][] => [
  ['/ivr/answer', callForm(OWN_PHONE, REPORT_LINE)],
  [stepPath, `${callBody}&Digits=${PIN}`],
  ['/ivr/status', callBody.replace('ringing', 'completed')],
  [
    '/ivr/recordings/01900000-0000-7000-8000-000000000000',
    `${callBody}&RecordingSid=RE1&RecordingStatus=completed`,
  ],
];

describe('a stranger gets nothing and changes nothing', () => {
  test.each([0, 1, 2, 3])('path %i: unsigned, forged, replayed, changed', async (which) => {
    const before = await everything();
    const [path, body] = paths()[which] ?? ['', ''];
    const { publicUrl } = server.platform.config;
    const attempts = [
      { path, body, signature: null },
      { path, body, signature: '' },
      { path, body, signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
      // Signed for another address, another query, the address as a proxy sees it.
      { path, body, signedUrl: `${publicUrl}/ivr/other` },
      { path: `${path}${path.includes('?') ? '&' : '?'}x=1`, body, signedUrl: publicUrl + path },
      { path, body, signedUrl: `http://127.0.0.1${path}` },
      { path, body: `${body}&CallStatus=completed`, signature: signatureFor(server, path, body) },
      { path, body: `${body}&Extra=1`, signature: signatureFor(server, path, body) },
    ];
    for (const attempt of attempts) {
      const response = await postSigned(server, attempt);
      expect([response.statusCode, response.body]).toEqual([403, expect.stringContaining('"forbidden"')]);
    }
    expect(await everything()).toEqual(before);
  });

  test('too large: 413; of another type: 415', async () => {
    const before = await everything();
    const large = await postSigned(server, {
      path: stepPath,
      body: `${callBody}&Digits=${'1'.repeat(17_000)}`,
    });
    expect(large.statusCode).toBe(413);
    for (const contentType of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
      const other = await postSigned(server, { path: stepPath, body: callBody, contentType });
      expect(other.statusCode).toBe(415);
    }
    expect(await everything()).toEqual(before);
  });

  test('signed requests that make no sense are refused, too', async () => {
    const before = await everything();
    const otherCall = callForm(OWN_PHONE, REPORT_LINE);
    const refused = [
      [{ path: '/ivr/answer', body: 'From=1' }, 400],
      [{ path: '/ivr/status', body: 'CallStatus=completed' }, 400],
      [{ path: stepPath, body: otherCall }, 403],
      [
        {
          path: stepPath.replace(/calls\/[^/]+/, 'calls/01900000-0000-7000-8000-000000000000'),
          body: callBody,
        },
        404,
      ],
      [{ path: '/ivr/calls/x/steps/1', body: callBody }, 400],
      [{ path: '/ivr/answer', body: `${otherCall}&CallSid=CA2` }, 403],
      [{ path: stepPath, body: `${callBody}&Digits=1&Digits=1` }, 403],
    ] as const;
    for (const [request, status] of refused) {
      expect((await postSigned(server, request)).statusCode).toBe(status);
    }
    expect(await everything()).toEqual(before);
  });
});

describe('what the carrier sends is accepted as it is', () => {
  test.each([
    ['empty parameters', '&Digits=&FinishedOnKey='],
    ['a parameter sent twice', '&Odd=b&Odd=a&Odd=a'],
    ['plus signs, spaces, other letters', '&CallerName=A%2BB+C%20%C3%A9+%E2%98%8E'],
    ['a name like a property of objects', '&__proto__=1&constructor=2'],
  ])('%s', async (_what, more) => {
    const response = await postSigned(server, { path: stepPath, body: callBody + more });
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
  });

  test('an address with a query is signed with it, in its order', async () => {
    const response = await postSigned(server, {
      path: '/ivr/answer?attempt=2',
      body: callForm(OWN_PHONE, REPORT_LINE),
    });
    expect(response.statusCode).toBe(200);
  });
});

test('a part is played only with its token', async () => {
  const path = '/ivr/parts/01900000-0000-7000-8000-000000000000';
  expect((await server.app.inject({ url: `${path}?token=x` })).statusCode).toBe(403);
  expect((await server.app.inject({ url: path })).statusCode).toBe(400);
});
