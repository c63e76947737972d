import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createPhoneJoints } from '../../../app/phone-joints.ts';
import { startIvrWorkers } from '../../../ivr/register-ivr.ts';
import type { SimulatedCall } from '../../../ivr/simulator/simulated-call.ts';
import { createLogger } from '../../../platform/log.ts';
import { newId } from '../../../platform/new-id.ts';
import { defineTask } from '../../../platform/queue/task.ts';
import { hashAnonymousId } from '../../../surveys/anonymous-id.ts';
import { resumeKeyOf } from '../../../surveys/phone/respondent-keys.ts';
import { shuffleResponses } from '../../../surveys/shuffle-responses.ts';
import { startSurveys } from '../../../surveys/start-surveys.ts';
import { startTranscriptionWorkers } from '../../../transcription/workers.ts';
import {
  type IvrServer,
  OWN_PHONE,
  PIN,
  REPORT_LINE,
  SURVEY_LINE,
  silenceOf,
  speech,
  startIvrServer,
} from '../../ivr/server.ts';
import { callWithId, type OpenSurvey, openSurvey, workOnSurveys, writeDown } from '../../ivr/survey-kit.ts';
import { until } from '../../support/until.ts';
import { auditDump, type Known, rowsOfSurvey } from './audit-dump.ts';
import { type Dump, readRows, takeDump } from './take-dump.ts';

const CALLERS = ['+15550133001', '+15550133002', '+15550133003', '+15550133004', '+15550133005'];

/** A few seconds by itself, more when everything else is tested at the same time. */
const SLOWLY_MS = 180_000;

let server: IvrServer;
let survey: OpenSurvey;
let known: Known;
let log = '';
let typistId: string;

/** The platform with everything that runs in the background, its log at its most talkative, after several calls. */
beforeAll(async () => {
  const destination = {
    write(line: string) {
      log += line;
    },
  };
  server = await startIvrServer({ log: createLogger({ level: 'trace', destination }) });
  const { fullPlatform: platform } = server;
  const joints = createPhoneJoints(platform.config);
  await startTranscriptionWorkers(platform, { carrierMedia: joints.carrier });
  await startIvrWorkers(platform, joints);
  await startSurveys(platform);
  const { rows } = await server.pool.query<{ id: string }>(
    `insert into app_user (id, email, name, roles)
     values (gen_random_uuid(), 't@example.com', 'Tia Toll', '{transcriptionist}') returning id`,
  );
  typistId = rows[0]?.id ?? '';
  survey = await openSurvey(server, { count: 12 });
  const { secret } = platform.config;
  known = {
    secret,
    surveyId: survey.surveyId,
    callers: CALLERS,
    carrierCallIds: [],
    carrierRecordingIds: [],
    ids: survey.ids,
  };
  await makeCalls();
}, SLOWLY_MS);
afterAll(() => server.close());

function idOf(at: number): string {
  return survey.ids[at] ?? '';
}

/** Keeps in mind what the carrier knows of a call. */
async function remember(call: SimulatedCall): Promise<void> {
  known.carrierCallIds.push(call.sid);
  for (const { carrierRecordingId } of await server.carrier.listRecordings(call.sid)) {
    known.carrierRecordingIds.push(carrierRecordingId);
  }
}

/** A report to compare with, and five callers of the survey line, each in another way. */
async function makeCalls(): Promise<void> {
  const report = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await report.press(`${PIN}#`);
  await report.speak(speech(4));
  await report.hangUp();

  const whole = await callWithId(server, idOf(0), CALLERS[0]);
  for (const seconds of [9, 7, 5]) {
    await whole.speak(speech(seconds));
    await whole.press('#');
  }
  await remember(whole);

  const mistaken = await server.simulator.placeCall({ from: CALLERS[1] ?? '', to: SURVEY_LINE });
  await mistaken.press(`${idOf(1).slice(0, 11)}#`);
  await mistaken.press('000000000000#');
  await mistaken.press(`${idOf(1)}#`);
  await mistaken.speak(speech(6));
  await mistaken.press('*4');
  await mistaken.press('9');
  await mistaken.speak(speech(8));
  await mistaken.press('*3');
  await mistaken.press('#');
  await mistaken.press('*5');
  await mistaken.speak(silenceOf(3));
  await mistaken.press('#5');
  await mistaken.hangUp();
  await remember(mistaken);

  const dropped = await callWithId(server, idOf(2), CALLERS[2]);
  await dropped.speak(speech(6));
  await dropped.press('#');
  await dropped.speak(speech(3));
  await dropped.hangUp();
  await remember(dropped);
  const resumed = await callWithId(server, idOf(2), CALLERS[2]);
  await resumed.press('#');
  await resumed.speak(speech(5));
  await resumed.press('#');
  await remember(resumed);

  const begun = await callWithId(server, idOf(3), CALLERS[3]);
  await begun.speak(speech(4));
  await begun.hangUp();
  await remember(begun);

  const guessing = await callWithId(server, '123456789012', CALLERS[4]);
  await guessing.hangUp();
  await remember(guessing);

  await server.simulator.deliverCallbacks();
  await until(
    async () => {
      await workOnSurveys(server);
      const { rows } = await server.pool.query(`select from call where state ->> 'purpose' = 'survey'`);
      // What was said as little as silence needs ten minutes until the carrier is believed that there is no recording.
      if (rows.length > 0) server.clock.set(new Date(server.clock.now().getTime() + 3 * 60_000));
      return rows.length === 0;
    },
    'all calls to be settled',
    SLOWLY_MS,
  );
  await until(
    async () => {
      const { rows } = await server.pool.query(
        `select from recording r join dictation d on d.id = r.dictation_id
       where d.answer_id is null and r.carrier_deleted_at is not null`,
      );
      return rows.length === 1;
    },
    'the report to be copied',
    SLOWLY_MS,
  );
}

function dump(): Promise<Dump> {
  const { objectStorage } = server.fullPlatform.config;
  const objectsFolder = objectStorage.kind === 'files' ? objectStorage.folder : path.sep;
  return takeDump(server.pool, { log, objectsFolder });
}

test('the audit finds what is there of a report: it can find things', async () => {
  const all = await dump();
  const report = { ...known, callers: [OWN_PHONE], ids: [PIN] };
  expect(auditDump(all, report)).toContain('a caller’s number is in call');
  const [recording] = all.rows.filter(
    ({ table, columns }) => table === 'recording' && columns.carrier_recording_id !== null,
  );
  expect(log).toContain(String(recording?.columns.id));
  expect(all.rows.some(({ table }) => table.startsWith('bullmq.'))).toBe(true);
  expect(all.objects.length).toBeGreaterThan(3);
});

test('nothing leads from a response to its caller or its invitation: after the calls', async () => {
  const all = await dump();
  const said = rowsOfSurvey(all, survey.surveyId);
  expect(said.filter(({ table }) => table === 'survey_response')).toHaveLength(4);
  expect(said.filter(({ table }) => table === 'dictation').length).toBeGreaterThanOrEqual(7);
  expect(all.rows.filter(({ table, columns }) => table === 'invitation' && columns.finished)).toHaveLength(3);
  expect(auditDump(all, known)).toEqual([]);
});

test('the carrier has neither recordings nor records of the calls', async () => {
  expect(server.simulator.listCalls({ to: SURVEY_LINE })).toEqual([]);
  for (const sid of known.carrierCallIds) expect(await server.carrier.listRecordings(sid)).toEqual([]);
});

describe('the audit notices', () => {
  /** Does something that must never be done, audits, and takes it back. */
  async function auditAfter(...statements: string[]): Promise<string[]> {
    const client = await server.pool.connect();
    try {
      await client.query('begin');
      for (const statement of statements) await client.query(statement);
      const rows = await readRows(client);
      return auditDump({ rows, log: '', objects: [] }, known);
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
  const ofSurvey = `dictation_id in (select id from dictation where answer_id is not null)`;

  test('a time on a recording', async () => {
    expect(
      await auditAfter(
        'alter table recording disable trigger anonymous_recording',
        `update recording set announced_at = '2026-11-21T14:03:22Z' where ${ofSurvey}`,
      ),
    ).toContain('recording.announced_at tells a time');
  });

  test('a time in an id', async () => {
    expect(
      await auditAfter(
        'alter table job_event disable trigger anonymous_job_event',
        `insert into job_event (id, job_id, kind, at) select '${newId()}', id, 'ready', '2026-11-21' from job
         where ${ofSurvey} limit 1`,
      ),
    ).toContain('job_event.id holds an id with a time in it');
  });

  test('an invitation that is marked alone', async () => {
    const idHash = hashAnonymousId(known.secret, known.surveyId, idOf(7));
    expect(await auditAfter(`update invitation set finished = true where id_hash = '${idHash}'`)).toContain(
      'a finished invitation is told by its transaction from those that are not',
    );
  });

  test('an invitation and a response written in one transaction', async () => {
    expect(
      await auditAfter('update invitation set finished = finished', 'update survey_response set day = day'),
    ).toContain('an invitation was written in the transaction of a response');
  });

  test('a resume key that is kept', async () => {
    const key = resumeKeyOf(known.secret, hashAnonymousId(known.secret, known.surveyId, idOf(0)));
    expect(
      await auditAfter(
        `update survey_response set resume_key = '${key}'
         where id = (select id from survey_response where resume_key is null limit 1)`,
      ),
    ).toContain('a resume key of a complete response is in survey_response');
  });

  test('a call with its number', async () => {
    const found = await auditAfter(
      'alter table call disable trigger anonymous_call',
      `insert into call (id, carrier_key, line_id, from_number, state)
       select gen_random_uuid(), 'key', id, '${CALLERS[0]}', '{"purpose": "survey"}' from line where purpose = 'survey'`,
    );
    expect(found).toContain('a caller’s number is in call');
    expect(found).toContain('a call to the survey line is still there');
  });

  test('a queue, a log and an object that name what was said', async () => {
    const task = defineTask({ name: 'never-worked-on', payload: z.object({ id: z.uuid() }) });
    const said = rowsOfSurvey(await dump(), known.surveyId);
    const id = String(said.find(({ table }) => table === 'recording')?.columns.id);
    await server.platform.queues.wake(task, { id });
    server.platform.log.trace({ recordingId: id }, 'copied');
    await server.platform.objects.put('note', Buffer.from(idOf(4)), { contentType: 'text/plain' });
    const before = log;
    const found = auditDump(await dump(), known);
    expect(found).toEqual([
      'an anonymous ID is in the object storage',
      'the log names a recording',
      'the queue names a recording',
    ]);
    log = before.replaceAll(id, '');
    await server.platform.objects.delete('note');
    await server.platform.queues.clear(task);
    expect(auditDump(await dump(), known)).toEqual([]);
  });
});

test(
  'the rows of what was said lie in no order of time, and were written at once',
  async () => {
    const orders = new Set<string>();
    for (let times = 0; times < 20 && orders.size < 2; times += 1) {
      await shuffleResponses(server.fullPlatform);
      const said = rowsOfSurvey(await dump(), known.surveyId).filter(
        ({ table }) => table === 'survey_response',
      );
      orders.add(said.map(({ columns }) => columns.id).join());
      expect(new Set(said.map(({ xmin }) => xmin)).size).toBe(1);
    }
    expect(orders.size).toBeGreaterThan(1);
  },
  SLOWLY_MS,
);

test(
  'nothing leads from a response to its caller or its invitation: after all is written down',
  async () => {
    const written = await writeDown(server, typistId, (at) => `Answer number ${at}.`);
    expect(written).toBeGreaterThanOrEqual(6);
    server.clock.set(new Date(server.clock.now().getTime() + 3 * 24 * 3_600_000));
    await workOnSurveys(server);
    const all = await dump();
    expect(auditDump(all, known)).toEqual([]);
    const said = rowsOfSurvey(all, survey.surveyId);
    const texts = said.filter(({ table, columns }) => table === 'answer' && columns.text !== null);
    // One of those written down was the report.
    expect(texts).toHaveLength(written - 1);
    expect(said.filter(({ table }) => table === 'recording')).toEqual([]);
    expect(said.filter(({ columns }) => columns.audio_key ?? columns.peaks)).toEqual([]);
    expect(all.objects.filter(({ key }) => key.startsWith('anonymous'))).toEqual([]);
    expect(all.rows.filter(({ table }) => table.startsWith('draft'))).toEqual([]);
  },
  SLOWLY_MS,
);
