import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../../platform/log.ts';
import { heard } from './heard.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from './server.ts';
import { actionOf, callForm, postSigned } from './webhooks/post-signed.ts';

let server: IvrServer;
let logged = '';
beforeAll(async () => {
  const destination = new Writable({
    write(line, _encoding, done) {
      logged += String(line);
      done();
    },
  });
  server = await startIvrServer({ log: createLogger({ level: 'trace', destination }) });
});
afterAll(() => server.close());

/** The database fails for all who need that table. */
async function without<T>(table: string, work: () => Promise<T>): Promise<T> {
  await server.pool.query(`alter table ${table} rename to ${table}_away`);
  try {
    return await work();
  } finally {
    await server.pool.query(`alter table ${table}_away rename to ${table}`);
  }
}

test('a call that can’t be answered: an apology, three tries, a goodbye', async () => {
  const call = await without('line', () => server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE }));
  expect(heard(call)).toBe(
    [
      'Sorry, something went wrong on our side.',
      'Sorry, something went wrong on our side.',
      'Sorry, we cannot take your call right now. Please call again in a few minutes. Goodbye.',
    ].join(' | '),
  );
  expect(call.status()).toBe('completed');
});

test('a call that can be answered the second time goes on as if nothing had been', async () => {
  const body = callForm(OWN_PHONE, REPORT_LINE);
  const failed = await without('line', () => postSigned(server, { path: '/ivr/answer', body }));
  expect(failed.statusCode).toBe(200);
  expect(failed.body).toContain('<Redirect method="POST">https://phone.example.com/ivr/answer?attempt=2');
  const answer = await postSigned(server, { path: '/ivr/answer?attempt=2', body });
  expect(answer.body).toContain('Welcome to the field report line.');
});

test('what was said when all fails is sent, and the caller is told so', async () => {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`${PIN}#`);
  await call.speak(speech(4));
  await without('call_step', () => call.press('#'));
  expect(heard(call)).toContain('What you said is kept and will be typed. Please call again later. Goodbye.');
  expect(call.status()).toBe('completed');
  await server.simulator.deliverCallbacks();
  const { rows } = await server.pool.query(
    `select r.status, r.announced_seconds as seconds, d.status as dictation, j.status as job
     from recording r join dictation d on d.id = r.dictation_id join call c on c.id = r.call_id
     join job j on j.dictation_id = d.id where c.carrier_call_id = $1`,
    [call.sid],
  );
  expect(rows).toEqual([{ status: 'announced', seconds: 4, dictation: 'submitted', job: 'preparing' }]);
});

test('a step that failed once: the part is kept, the caller goes on in the next one', async () => {
  const body = callForm(OWN_PHONE, REPORT_LINE);
  const answer = await postSigned(server, { path: '/ivr/answer', body });
  const record = await postSigned(server, { path: actionOf(answer.body), body: `${body}&Digits=${PIN}` });
  const recorded = {
    path: actionOf(record.body),
    body: `${body}&Digits=%23&RecordingSid=RE77&RecordingDuration=5`,
  };
  const failed = await without('call_step', () => postSigned(server, recorded));
  expect(failed.statusCode).toBe(200);
  expect(failed.body).toContain('What you said so far is kept.');
  const resume = /<Redirect method="POST">https:\/\/phone\.example\.com([^<]+)</.exec(failed.body)?.[1] ?? '';
  const resumed = await postSigned(server, { path: resume, body });
  expect(resumed.body).toContain('What you said is kept. Go on after the tone.');

  // The carrier delivers the lost request after all: out of its turn, but its recording counts.
  const late = await postSigned(server, recorded);
  expect(late.body).toBe(resumed.body);
  const next = {
    path: actionOf(resumed.body),
    body: `${body}&Digits=%23&RecordingSid=RE78&RecordingDuration=2`,
  };
  const saved = await postSigned(server, next);
  expect(saved.body).toContain('Its reference is');
  expect((await postSigned(server, next)).body).toBe(saved.body);
  const { rows } = await server.pool.query(
    `select r.part, r.carrier_recording_id as id, d.status from recording r join dictation d on d.id = r.dictation_id
     where r.carrier_recording_id in ('RE77', 'RE78') order by r.part`,
  );
  expect(rows).toEqual([
    { part: 1, id: 'RE77', status: 'submitted' },
    { part: 2, id: 'RE78', status: 'submitted' },
  ]);
});

test('requests of a call that is over get a goodbye', async () => {
  const body = callForm(OWN_PHONE, REPORT_LINE);
  const answer = await postSigned(server, { path: '/ivr/answer', body });
  await postSigned(server, { path: '/ivr/status', body: body.replace('ringing', 'completed') });
  const late = await postSigned(server, { path: actionOf(answer.body), body: `${body}&Digits=${PIN}` });
  expect(late.body).toContain('Goodbye.</Say><Hangup/>');
});

test('nothing said, keyed in or dialed is in the log', async () => {
  expect(logged).toContain('request of the carrier failed');
  expect(logged).toContain('call ended');
  for (const secret of [PIN, OWN_PHONE, OWN_PHONE.slice(1), REPORT_LINE.slice(1), 'Digits', 'token=']) {
    expect(logged).not.toContain(secret);
  }
});
