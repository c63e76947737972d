import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SimulatedCall } from '../../ivr/simulator/simulated-call.ts';
import { heard } from './heard.ts';
import {
  type IvrServer,
  OWN_PHONE,
  PIN,
  REPORT_LINE,
  SHORT_NUMBER,
  STRANGE_PHONE,
  SURVEY_LINE,
  speech,
  startIvrServer,
} from './server.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

async function dictationsOf(call: SimulatedCall) {
  const { rows } = await server.pool.query(
    `select distinct d.id, d.reference, d.status, d.urgent, d.speaker_id, d.started_at from dictation d
     join recording r on r.dictation_id = d.id join call c on c.id = r.call_id
     where c.carrier_call_id = $1 order by d.started_at`,
    [call.sid],
  );
  return rows;
}

async function partsOf(call: SimulatedCall) {
  const { rows } = await server.pool.query(
    `select r.part, r.status, r.dropped, r.announced_seconds as seconds, r.media_path as path
     from recording r join call c on c.id = r.call_id where c.carrier_call_id = $1 order by r.created_at, r.part`,
    [call.sid],
  );
  return rows;
}

describe('a report from the rep’s own phone', () => {
  test('PIN, speech, pound: sent, with reference and length read back', async () => {
    const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
    expect(heard(call)).toBe('Welcome to the field report line. | Please enter your PIN, then press pound.');
    await call.press(`${PIN}#`);
    expect(call.listening()).toMatchObject({ kind: 'recording', timeoutSeconds: 30 });
    await call.speak(speech(65));
    await call.press('#');
    const [dictation] = await dictationsOf(call);
    expect(dictation).toMatchObject({ status: 'submitted', speaker_id: server.repId, urgent: false });
    expect(heard(call)).toContain('It is 1 minute and 5 seconds long.');
    expect(heard(call)).toContain(`Its reference is ${[...dictation.reference].join(', ')}.`);
    expect(await partsOf(call)).toMatchObject([
      { part: 1, status: 'announced', seconds: 65, dropped: false },
    ]);
    await call.press('#');
    expect(call.status()).toBe('completed');
    await server.simulator.deliverCallbacks();
    const { rows } = await server.pool.query(
      `select j.status, l.turnaround_minutes as minutes, extract(epoch from j.due_at - d.submitted_at) / 60 as due
       from job j join dictation d on d.id = j.dictation_id join line l on l.id = d.line_id where d.id = $1`,
      [dictation.id],
    );
    expect(rows).toMatchObject([{ status: 'preparing', minutes: 240 }]);
    expect(Number(rows[0].due)).toBe(240);
  });

  test('hanging up while speaking sends', async () => {
    const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
    await call.press(`${PIN}#`);
    await call.speak(speech(3));
    await call.hangUp();
    expect(await dictationsOf(call)).toMatchObject([{ status: 'submitted' }]);
    expect(await partsOf(call)).toMatchObject([{ part: 1, seconds: 3 }]);
    const { rows } = await server.pool.query(
      'select status, end_reason from call where carrier_call_id = $1',
      [call.sid],
    );
    expect(rows).toEqual([{ status: 'ended', end_reason: 'completed' }]);
  });
});

describe('other lines', () => {
  test.each([['survey', SURVEY_LINE]])(
    'a %s line says that it is not open, and nothing is kept',
    async (_purpose, to) => {
      const before = await server.pool.query('select count(*)::int as calls from call');
      const call = await server.simulator.placeCall({ from: STRANGE_PHONE, to });
      expect(heard(call)).toContain('This line is not open yet.');
      expect(call.status()).toBe('completed');
      const after = await server.pool.query('select count(*)::int as calls from call');
      expect(after.rows).toEqual(before.rows);
    },
  );

  test('a number that is no line', async () => {
    const call = await server.simulator.placeCall({ from: STRANGE_PHONE, to: '+15550199999' });
    expect(heard(call)).toBe('Sorry, this number is not in service. Goodbye.');
  });
});

test('a stranger’s phone: short number, then PIN', async () => {
  const call = await server.simulator.placeCall({ from: STRANGE_PHONE, to: REPORT_LINE });
  expect(heard(call)).toContain('Please enter your short number, then press pound.');
  await call.press(`99*${SHORT_NUMBER}#${PIN}#`);
  expect(call.listening()).toMatchObject({ kind: 'recording' });
  await call.hangUp();
});

describe('the pause menu', () => {
  async function pausedCall(seconds = 4): Promise<SimulatedCall> {
    const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
    await call.press(`${PIN}#`);
    await call.speak(speech(seconds));
    await call.press('*');
    return call;
  }

  test('go on, drop the last part, go on, urgent, finish', async () => {
    const call = await pausedCall();
    await call.press('1');
    await call.speak(speech(9));
    await call.press('*5');
    expect(heard(call)).toContain('Really drop the last part, 9 seconds long?');
    await call.press('9');
    await call.press('1');
    await call.speak(speech(2));
    await call.press('*6#');
    expect(heard(call)).toContain('It is 6 seconds long.');
    expect(await partsOf(call)).toMatchObject([
      { part: 1, seconds: 4, dropped: false },
      { part: 2, seconds: 9, dropped: true },
      { part: 3, seconds: 2, dropped: false },
    ]);
    expect(await dictationsOf(call)).toMatchObject([{ status: 'submitted', urgent: true }]);
    const { rows } = await server.pool.query(
      `select extract(epoch from j.due_at - d.submitted_at)::int / 60 as minutes from job j
       join dictation d on d.id = j.dictation_id join recording r on r.dictation_id = d.id
       join call c on c.id = r.call_id where c.carrier_call_id = $1 limit 1`,
      [call.sid],
    );
    expect(rows).toEqual([{ minutes: 60 }]);
    await call.hangUp();
  });

  test('hear the last part: it is fetched from the carrier as long as it has not arrived here', async () => {
    const call = await pausedCall();
    await call.press('2');
    const played = call.events().findLast((event) => event.kind === 'play');
    expect(played).toMatchObject({ isPlayable: true });
    const url = played?.kind === 'play' ? played.url : '';
    const response = await server.app.inject({ url });
    const [recording] = await server.simulator.media.listOfCall(call.sid);
    const stored = await server.simulator.media.read(recording?.recordingSid ?? '');
    expect(response.rawPayload.equals(stored?.wav ?? Buffer.alloc(0))).toBe(true);
    await call.hangUp();
  });

  test('hanging up in the pause sends', async () => {
    const call = await pausedCall();
    await call.hangUp();
    expect(await dictationsOf(call)).toMatchObject([{ status: 'submitted' }]);
  });

  test('dropping all and finishing sends nothing, and says so', async () => {
    const call = await pausedCall();
    await call.press('59#');
    expect(heard(call)).toContain('Nothing was kept, so nothing was sent.');
    expect(await dictationsOf(call)).toMatchObject([{ status: 'discarded' }]);
    await call.hangUp();
  });
});

describe('silence', () => {
  test('is told while the caller is there; then the menu, and nothing is sent', async () => {
    const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
    await call.press(`${PIN}#`);
    await call.speak(new Int16Array(8000 * 5));
    await call.press('#');
    expect(heard(call)).toContain('Sorry, I could not hear anything. Please speak after the tone.');
    await call.speak(speech(0.4));
    await call.press('#');
    expect(heard(call)).toContain('Nothing was kept, so nothing was sent. | For another report, press 1.');
    for (let time = 0; time < 3; time += 1) await call.wait();
    expect(call.status()).toBe('completed');
    expect(await dictationsOf(call)).toMatchObject([{ status: 'discarded' }]);
    const { rows } = await server.pool.query(
      `select count(*)::int as jobs from job j join dictation d on d.id = j.dictation_id
       join recording r on r.dictation_id = d.id join call c on c.id = r.call_id where c.carrier_call_id = $1`,
      [call.sid],
    );
    expect(rows).toEqual([{ jobs: 0 }]);
  });

  test('an abandoned phone: the speech before it is sent', async () => {
    const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
    await call.press(`${PIN}#`);
    await call.speak(speech(6));
    for (let time = 0; time < 4; time += 1) await call.wait();
    expect(call.status()).toBe('completed');
    expect(await dictationsOf(call)).toMatchObject([{ status: 'submitted' }]);
  });
});

test('another report in the same call is a dictation of its own', async () => {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`${PIN}#`);
  await call.speak(speech(2));
  await call.press('#1');
  await call.speak(speech(3));
  await call.hangUp();
  const dictations = await dictationsOf(call);
  expect(dictations).toMatchObject([{ status: 'submitted' }, { status: 'submitted' }]);
  expect(new Set(dictations.map(({ reference }) => reference)).size).toBe(2);
});

test('a borrowed phone: zero leads to the short number', async () => {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`0#${SHORT_NUMBER}#${PIN}#`);
  expect(call.listening()).toMatchObject({ kind: 'recording' });
  await call.hangUp();
});

test('the latency of webhooks is measured by step', async () => {
  const { body } = await server.app.inject('/metrics');
  for (const step of ['answer', 'enter_pin', 'recording', 'paused', 'status', 'recording_status']) {
    expect(body).toMatch(new RegExp(`dictaline_ivr_webhook_seconds_count\\{step="${step}"\\} [1-9]`));
  }
});
