import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SimulatedCall } from '../../ivr/simulator/simulated-call.ts';
import {
  type IvrServer,
  OWN_PHONE,
  PIN,
  PROPOSAL_LINE,
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

function heard(call: SimulatedCall): string {
  return call
    .events()
    .map((event) => (event.kind === 'say' ? event.text : ''))
    .filter(Boolean)
    .join(' | ');
}

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
  test.each([
    ['survey', SURVEY_LINE],
    ['proposal', PROPOSAL_LINE],
  ])('a %s line says that it is not open, and nothing is kept', async (_purpose, to) => {
    const before = await server.pool.query('select count(*)::int as calls from call');
    const call = await server.simulator.placeCall({ from: STRANGE_PHONE, to });
    expect(heard(call)).toContain('This line is not open yet.');
    expect(call.status()).toBe('completed');
    const after = await server.pool.query('select count(*)::int as calls from call');
    expect(after.rows).toEqual(before.rows);
  });

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
