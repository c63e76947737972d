import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetFailures } from '../../platform/auth/throttle.ts';
import { revokeBatch } from '../../surveys/revoke-batch.ts';
import { heard } from './heard.ts';
import { type IvrServer, SURVEY_LINE, speech, startIvrServer } from './server.ts';
import { callWithId, type OpenSurvey, openSurvey, workOnSurveys } from './survey-kit.ts';

let server: IvrServer;
let survey: OpenSurvey;
beforeAll(async () => {
  server = await startIvrServer();
});
beforeEach(async () => {
  const { rows } = await server.pool.query<{ key: string }>('select key from throttle');
  await forgetFailures(
    server.pool,
    rows.map(({ key }) => key),
  );
  survey = await openSurvey(server);
});
afterAll(() => server.close());

const DAY_MS = 24 * 3_600_000;

function idOf(at: number): string {
  return survey.ids[at] ?? '';
}

/** One digit wrong, as one's finger slips. */
function mistyped(id: string): string {
  return `${id.slice(0, 5)}${(Number(id[5]) + 1) % 10}${id.slice(6)}`;
}

interface AnswerRow {
  text: string;
  done: boolean;
  skipped: boolean;
  status: string | null;
  parts: { status: string; dropped: boolean; seam: boolean; seconds: number }[] | null;
}

/** The answers of the survey's responses, in order of the questions. */
async function answers(): Promise<AnswerRow[]> {
  const { rows } = await server.pool.query<AnswerRow>(
    `select q.text, a.done, a.skipped, d.status::text,
       (select json_agg(json_build_object('status', r.status, 'dropped', r.dropped, 'seam', r.seam,
          'seconds', r.announced_seconds)
          order by r.part) from recording r where r.dictation_id = d.id) as parts
     from survey_response s join answer a on a.response_id = s.id join survey_question q on q.id = a.question_id
     left join dictation d on d.answer_id = a.id
     where s.survey_id = $1 order by s.id, q.position`,
    [survey.surveyId],
  );
  return rows;
}

async function responses(): Promise<{ complete: boolean; resume_key: string | null; day: string }[]> {
  const { rows } = await server.pool.query(
    'select complete, resume_key, day::text from survey_response where survey_id = $1',
    [survey.surveyId],
  );
  return rows;
}

async function finished(): Promise<number> {
  const { rows } = await server.pool.query<{ count: number }>(
    'select count(*)::int as count from invitation where finished and batch_id = $1',
    [survey.batchId],
  );
  return rows[0]?.count ?? 0;
}

describe('a whole survey', () => {
  test('consent and anonymity first, each question spoken and recorded, thanks; the ID is used up', async () => {
    const call = await server.simulator.placeCall({ from: '+15550133333', to: SURVEY_LINE });
    expect(heard(call)).toBe(
      'Welcome to Tell us. | ' +
        'If you go on, you agree that your answers are recorded and written down by a person; you can stop at any time. | ' +
        'We do not keep your phone number, we keep your answers apart from your ID, and each recording is destroyed when it is written down. | ' +
        'Please enter the twelve digits of your anonymous ID, then press pound.',
    );
    await call.press(`${idOf(0)}#`);
    expect(heard(call)).toContain(
      'Thank you. There are 3 questions. | Speak for as long as you like after each tone. Press pound when you are done, or star for help. | Question 1 of 3. | How was the last visit?',
    );
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    await call.speak(speech(90));
    await call.press('#');
    expect(heard(call)).toContain('Thank you. | Question 2 of 3. | What should we change?');
    await call.speak(speech(30));
    await call.press('#');
    expect(heard(call)).toContain('Thank you. | The last question. | Anything else?');
    await call.speak(speech(5));
    await call.press('#');
    expect(heard(call)).toContain('Thank you. | That was all. Thank you very much for your time. Goodbye.');
    expect(call.status()).toBe('completed');
    await server.simulator.deliverCallbacks();

    await workOnSurveys(server);
    expect(await answers()).toMatchObject([
      { done: true, skipped: false, status: 'submitted', parts: [{ status: 'verified', seconds: 90 }] },
      { done: true, status: 'submitted', parts: [{ status: 'verified', seconds: 30 }] },
      { done: true, status: 'submitted', parts: [{ status: 'verified', seconds: 5 }] },
    ]);
    expect(await responses()).toMatchObject([{ complete: true, resume_key: null }]);
    expect(await finished()).toBe(1);
    const again = await callWithId(server, idOf(0));
    expect(heard(again)).toContain(
      'You have answered all questions with this ID already. Thank you for your time. Goodbye.',
    );
    expect(again.status()).toBe('completed');
    expect(await responses()).toHaveLength(1);
  });

  test('a finished ID says so even before anything in the background has run', async () => {
    const call = await callWithId(server, idOf(0));
    for (const _question of [1, 2, 3]) {
      await call.press('*');
      await call.press('5');
    }
    expect(heard(call)).toContain('That question is skipped. | That was all.');
    const again = await callWithId(server, idOf(0));
    expect(heard(again)).toContain('You have answered all questions with this ID already.');
    expect(await responses()).toHaveLength(1);
  });
});

describe('the anonymous ID', () => {
  test('a wrong digit is told at once and counts for nothing', async () => {
    const call = await callWithId(server, mistyped(idOf(1)));
    expect(heard(call)).toContain(
      'One of the digits is not right. Please try again. | Please enter the twelve digits',
    );
    await call.press('123#');
    expect(heard(call)).toContain('An ID has twelve digits. Please try again.');
    await call.press(`*${idOf(1)}#`);
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    await call.hangUp();
    const { rows } = await server.pool.query('select from throttle');
    expect(rows).toHaveLength(0);
  });

  test('five entries that can be no ID end the call', async () => {
    const call = await server.simulator.placeCall({ from: '+15550133333', to: SURVEY_LINE });
    for (let entry = 1; entry <= 5; entry += 1) await call.press('12#');
    expect(heard(call)).toContain(
      'Sorry, that did not work. Please look at your letter, and call again. Goodbye.',
    );
    expect(call.status()).toBe('completed');
  });

  test('an ID that nobody was given is refused; three end the call; guessing is slowed across calls', async () => {
    const foreign = await openSurvey(server, { name: 'Another', count: 20 });
    await server.pool.query('update line set survey_id = $1 where number = $2', [
      survey.surveyId,
      SURVEY_LINE,
    ]);
    const call = await callWithId(server, foreign.ids[0] ?? '');
    expect(heard(call)).toContain(
      'Sorry, this ID does not belong to this survey. Please look at your letter again. | Please enter',
    );
    await call.press(`${foreign.ids[1]}#`);
    await call.press(`${foreign.ids[2]}#`);
    expect(heard(call)).toContain(
      'Sorry, that did not work. Please look at your letter, and call again. Goodbye.',
    );
    const second = await callWithId(server, foreign.ids[3] ?? '');
    await second.press(`${foreign.ids[4]}#`);
    await second.press(`${foreign.ids[5]}#`);
    const third = await callWithId(server, foreign.ids[6] ?? '');
    expect(third.status()).toBe('in-progress');
    // Even the right one isn't looked at now.
    await third.press(`${idOf(0)}#`);
    expect(heard(third)).toContain(
      'Sorry, there were too many wrong IDs. Please call again in 1 minute. Goodbye.',
    );
    const elsewhere = await callWithId(server, idOf(0), '+15550144444');
    expect(elsewhere.listening()).toMatchObject({ kind: 'recording' });
    await elsewhere.hangUp();
    const { rows } = await server.pool.query<{ key: string }>('select key from throttle');
    expect(rows.map(({ key }) => key).join()).not.toContain('5550133333');
  });

  test('the right ID leaves no trace of the wrong ones before it', async () => {
    const foreign = await openSurvey(server, { name: 'Another' });
    await server.pool.query('update line set survey_id = $1 where number = $2', [
      survey.surveyId,
      SURVEY_LINE,
    ]);
    const call = await callWithId(server, foreign.ids[0] ?? '');
    await call.press(`${idOf(0)}#`);
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    expect((await server.pool.query('select from throttle')).rows).toHaveLength(0);
    await call.hangUp();
  });

  test('of a revoked batch', async () => {
    await revokeBatch(server.fullPlatform, { surveyId: survey.surveyId, batchId: survey.batchId });
    const call = await callWithId(server, idOf(0));
    expect(heard(call)).toContain(
      'Sorry, this ID is not valid any more. If you were sent another one, please use that. Goodbye.',
    );
    expect(call.status()).toBe('completed');
    expect(await responses()).toHaveLength(0);
  });

  test('of a survey that is closed, or not open yet', async () => {
    const now = server.clock.now().getTime();
    survey = await openSurvey(server, { closesAt: new Date(now - 1000) });
    expect(heard(await callWithId(server, idOf(0)))).toContain(
      'This survey is closed. Thank you for calling. Goodbye.',
    );
    survey = await openSurvey(server, { opensAt: new Date(now + 20 * DAY_MS) });
    expect(heard(await callWithId(server, idOf(0)))).toMatch(
      /This survey opens on \w+ \w+.*\. Please call again then\. Goodbye\./,
    );
    expect(await responses()).toHaveLength(0);
  });

  test('nothing keyed in', async () => {
    const call = await server.simulator.placeCall({ from: '', to: SURVEY_LINE });
    await call.wait();
    await call.wait();
    await call.wait();
    expect(heard(call)).toContain(
      'Sorry, I did not hear any keys. Please call again when you are ready. Goodbye.',
    );
  });
});

describe('the menu of a question', () => {
  test('question again, my answer, go on speaking', async () => {
    const call = await callWithId(server, idOf(0));
    await call.speak(speech(20));
    await call.press('*');
    expect(heard(call)).toContain(
      'To go on speaking, press 1. To hear the question again, 2. To hear your answer, 3. To say it anew, 4. To skip the question, 5. For the next question, press pound.',
    );
    await call.press('2');
    expect(heard(call).split('How was the last visit?')).toHaveLength(3);
    await call.press('3');
    expect(call.events()).toContainEqual(expect.objectContaining({ kind: 'play', isPlayable: true }));
    await call.press('1');
    expect(call.listening()).toMatchObject({ kind: 'recording' });
    await call.speak(speech(10));
    await call.press('*');
    await call.press('#');
    expect(heard(call)).toContain('Question 2 of 3.');
    await call.hangUp();
    const [first] = await answers();
    expect(first).toMatchObject({ done: true, skipped: false, parts: [{ seconds: 20 }, { seconds: 10 }] });
  });

  test('an answer is said anew only when that is confirmed; the old one is destroyed', async () => {
    const call = await callWithId(server, idOf(0));
    await call.speak(speech(20));
    await call.press('*4');
    expect(heard(call)).toContain(
      'Really say it anew? To take back your answer, press 9. To keep it, press 1.',
    );
    await call.press('1');
    expect(heard(call)).toContain('Your answer is kept.');
    await call.press('4');
    await call.press('9');
    expect(heard(call)).toContain('That is taken back. Please answer anew after the tone.');
    await call.speak(speech(7));
    await call.press('#');
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    await workOnSurveys(server);
    expect((await answers())[0]).toMatchObject({
      status: 'submitted',
      parts: [
        { seconds: 20, dropped: true },
        { seconds: 7, dropped: false },
      ],
    });
    const { rows } = await server.pool.query<{ seconds: number }>(
      'select duration_seconds as seconds from dictation d join answer a on a.id = d.answer_id where a.done',
    );
    expect(rows.map(({ seconds }) => seconds)).toContain(7);
    server.clock.set(new Date(server.clock.now().getTime() + 3 * DAY_MS));
    await workOnSurveys(server);
    expect((await answers())[0]).toMatchObject({ parts: [{ seconds: 7, dropped: false }] });
  });

  test('a question is skipped; one that is answered only when that is confirmed', async () => {
    const call = await callWithId(server, idOf(0));
    await call.press('*');
    expect(heard(call)).toContain(
      'I have heard no answer yet. | To answer, press 1. To hear the question again, 2. To skip it, 5.',
    );
    await call.press('#');
    expect(heard(call).split('I have heard no answer yet.')).toHaveLength(3);
    await call.press('5');
    expect(heard(call)).toContain('That question is skipped. | Question 2 of 3.');
    await call.speak(speech(3));
    await call.press('*5');
    expect(heard(call)).toContain(
      'Really skip this question? To take back your answer, press 9. To keep it, press 1.',
    );
    await call.press('9');
    expect(heard(call)).toContain('Your answer is taken back. | The last question.');
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    await workOnSurveys(server);
    expect(await answers()).toMatchObject([
      { done: true, skipped: true },
      { done: true, skipped: true, status: 'discarded' },
      { done: false, skipped: false },
    ]);
    const { rows } = await server.pool.query(
      'select from job j join dictation d on d.id = j.dictation_id join answer a on a.id = d.answer_id where a.skipped',
    );
    expect(rows).toHaveLength(0);
  });

  test('silence is no end: asked what to do, and kept when nobody is there any more', async () => {
    const call = await callWithId(server, idOf(0));
    await call.speak(speech(20));
    await call.wait();
    expect(heard(call)).toContain(
      'You have been quiet for a while. What you said is kept. | To go on speaking',
    );
    await call.wait();
    await call.wait();
    await call.wait();
    expect(heard(call)).toContain(
      'What you said is kept. Call again with the same ID to go on, whenever it suits you. Goodbye.',
    );
    expect(call.status()).toBe('completed');
  });

  test('nothing heard three times', async () => {
    const call = await callWithId(server, idOf(0));
    await call.wait();
    expect(heard(call)).toContain('I have heard no answer yet. | To answer, press 1.');
    await call.wait();
    await call.wait();
    expect(heard(call)).toContain(
      'Sorry, I still could not hear anything. Please call again with the same ID when it suits you. Goodbye.',
    );
  });
});

describe('a call that drops', () => {
  test('resumes at the first question that is open, with what was said to it kept', async () => {
    const first = await callWithId(server, idOf(0));
    await first.speak(speech(20));
    await first.press('#');
    await first.speak(speech(12));
    await first.hangUp();
    await server.simulator.deliverCallbacks();
    await workOnSurveys(server);
    expect(await finished()).toBe(0);

    const second = await callWithId(server, idOf(0));
    expect(heard(second)).toContain(
      'Welcome back. What you said in your earlier call is kept, and we go on from there. | Question 2 of 3. | ' +
        'What should we change? | You began to answer it in your earlier call. | To go on speaking, press 1.',
    );
    await second.press('3');
    expect(second.events().filter(({ kind }) => kind === 'play')).toMatchObject([{ isPlayable: true }]);
    await second.press('1');
    await second.speak(speech(8));
    await second.press('#');
    await second.speak(speech(4));
    await second.press('#');
    expect(heard(second)).toContain('That was all.');
    await server.simulator.deliverCallbacks();
    await workOnSurveys(server);
    expect(await answers()).toMatchObject([
      { done: true, parts: [{ seconds: 20, status: 'verified' }] },
      {
        done: true,
        parts: [
          { seconds: 12, seam: false },
          { seconds: 8, seam: true },
        ],
      },
      { done: true, parts: [{ seconds: 4 }] },
    ]);
    expect(await responses()).toMatchObject([{ complete: true }]);
    const { rows } = await server.pool.query<{ seconds: number }>(
      `select d.duration_seconds as seconds from dictation d join answer a on a.id = d.answer_id
       join survey_response s on s.id = a.response_id where s.survey_id = $1 order by 1`,
      [survey.surveyId],
    );
    expect(rows.map(({ seconds }) => Math.round(seconds))).toEqual([4, 20, 20]);
  });

  test('hung up before a word: the next call begins anew, and nothing is left of the first', async () => {
    const first = await callWithId(server, idOf(0));
    await first.hangUp();
    const second = await callWithId(server, idOf(0));
    expect(heard(second)).toContain('Question 1 of 3.');
    expect(await responses()).toHaveLength(1);
    await second.hangUp();
  });

  test('in the last answer: complete on the next day, and the ID is used up', async () => {
    const call = await callWithId(server, idOf(0));
    await call.press('*5');
    await call.press('*5');
    await call.speak(speech(15));
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    await workOnSurveys(server);
    expect(await responses()).toMatchObject([{ complete: false }]);
    server.clock.set(new Date(server.clock.now().getTime() + DAY_MS));
    await workOnSurveys(server);
    expect(await responses()).toMatchObject([{ complete: true, resume_key: null }]);
    expect(await finished()).toBe(1);
    expect(heard(await callWithId(server, idOf(0)))).toContain('You have answered all questions');
  });
});

describe('two calls with the same ID at once', () => {
  test('the later one goes on, the earlier one is told; nothing is doubled or lost', async () => {
    const first = await callWithId(server, idOf(0));
    await first.speak(speech(20));
    const second = await callWithId(server, idOf(0), '+15550144444');
    expect(heard(second)).toContain('Welcome back.');
    await second.press('1');
    await second.speak(speech(9));
    await first.press('#');
    expect(heard(first)).toContain(
      'You go on in another call with this ID. What you said here is kept. Goodbye.',
    );
    expect(first.status()).toBe('completed');
    await second.press('#');
    expect(heard(second)).toContain('Question 2 of 3.');
    await second.hangUp();
    await server.simulator.deliverCallbacks();
    await workOnSurveys(server);
    expect((await answers())[0]).toMatchObject({
      done: true,
      parts: [
        { seconds: 20, status: 'verified' },
        { seconds: 9, status: 'verified' },
      ],
    });
    expect(await responses()).toHaveLength(1);
  });

  test('keyed in at the same moment: one response', async () => {
    const calls = await Promise.all(
      [1, 2, 3].map((at) => server.simulator.placeCall({ from: `+1555014440${at}`, to: SURVEY_LINE })),
    );
    await Promise.all(calls.map((call) => call.press(`${idOf(3)}#`)));
    expect(await responses()).toHaveLength(1);
    expect(await answers()).toHaveLength(3);
    await Promise.all(calls.map((call) => call.hangUp()));
  });
});

describe('what the carrier does wrong', () => {
  test('callbacks lost: recordings are found without the carrier’s id being kept', async () => {
    const call = await server.simulator.placeCall({
      from: '+15550133333',
      to: SURVEY_LINE,
      faults: { recordingCallback: 'lost', loseRecordingRequests: true },
    });
    await call.press(`${idOf(0)}#`);
    await call.speak(speech(11));
    await call.press('#');
    await server.simulator.deliverCallbacks();
    expect((await answers())[0]).toMatchObject({ parts: [{ status: 'expected' }] });
    server.clock.set(new Date(server.clock.now().getTime() + 3 * 60_000));
    await workOnSurveys(server);
    await workOnSurveys(server);
    expect((await answers())[0]).toMatchObject({ parts: [{ status: 'verified', seconds: 11 }] });
    expect(server.simulator.listCalls({ to: SURVEY_LINE }).map(({ sid }) => sid)).not.toContain(call.sid);
  });

  test('the end of a call never told', async () => {
    const call = await server.simulator.placeCall({
      from: '+15550133333',
      to: SURVEY_LINE,
      faults: { loseStatus: true },
    });
    await call.press(`${idOf(0)}#`);
    await call.speak(speech(11));
    await call.hangUp();
    await server.simulator.deliverCallbacks();
    server.clock.set(new Date(server.clock.now().getTime() + 3 * 60_000));
    await workOnSurveys(server);
    await workOnSurveys(server);
    const { rows } = await server.pool.query(`select from call where state -> 'survey' ->> 'surveyId' = $1`, [
      survey.surveyId,
    ]);
    expect(rows).toHaveLength(0);
    expect((await answers())[0]).toMatchObject({ status: 'submitted', parts: [{ status: 'verified' }] });
  });

  test('a callback that comes again when the carrier’s copy is gone changes nothing', async () => {
    const call = await server.simulator.placeCall({
      from: '+15550133333',
      to: SURVEY_LINE,
      faults: { repeatCallbacks: true, repeatRequests: true, recordingCallback: 'after_end' },
    });
    await call.press(`${idOf(0)}#`);
    await call.speak(speech(11));
    await call.press('#');
    await call.hangUp();
    await workOnSurveys(server);
    await server.simulator.deliverCallbacks();
    await workOnSurveys(server);
    expect((await answers())[0]).toMatchObject({ parts: [{ status: 'verified', seconds: 11 }] });
  });
});

test('a survey line without a survey, or with one that has no questions, is not open', async () => {
  await server.pool.query('update line set survey_id = null where number = $1', [SURVEY_LINE]);
  const call = await server.simulator.placeCall({ from: '+15550133333', to: SURVEY_LINE });
  expect(heard(call)).toBe('Hello. This line is not open yet. Please try again another day. Goodbye.');
  survey = await openSurvey(server, { questions: [] });
  expect(heard(await callWithId(server, idOf(0)))).toContain('This line is not open yet.');
});

test('a survey in Spanish speaks Spanish from its ID on', async () => {
  survey = await openSurvey(server, { language: 'es-US', questions: ['¿Qué cambiaría?'] });
  const call = await callWithId(server, idOf(0));
  expect(heard(call)).toContain('Gracias. Es una pregunta.');
  expect(call.events()).toContainEqual(
    expect.objectContaining({ kind: 'say', text: '¿Qué cambiaría?', language: 'es-US' }),
  );
  await call.hangUp();
});
