import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSettableClock } from '../../platform/clock.ts';
import { loadConfig } from '../../platform/config.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import { hashAnonymousId, isAnonymousId } from '../../surveys/anonymous-id.ts';
import { createSurvey } from '../../surveys/create-survey.ts';
import { requireSurvey } from '../../surveys/get-survey.ts';
import { invite } from '../../surveys/invite.ts';
import { listSurveys } from '../../surveys/list-surveys.ts';
import { revokeBatch } from '../../surveys/revoke-batch.ts';
import { setQuestions } from '../../surveys/set-questions.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const config = loadConfig({
  DICTALINE_SECRET: 'a secret for tests, certainly long enough',
  DATABASE_URL: 'postgresql://x@localhost/x',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
});
const clock = createSettableClock();
let db: TestDatabase;
const platform = () => ({ database: db.database, config, clock });
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const newSurvey = () =>
  createSurvey(platform(), {
    name: 'After the season',
    minimumGroup: 2,
    questions: ['How was it?', 'What should change?'],
  });

describe('surveys', () => {
  test('are created with their questions in order, and listed newest first in pages', async () => {
    const first = await newSurvey();
    const second = await newSurvey();
    expect(first.questions.map(({ position, text }) => [position, text])).toEqual([
      [1, 'How was it?'],
      [2, 'What should change?'],
    ]);
    const page = await listSurveys(platform(), { limit: 1 });
    expect(page.map(({ id }) => id)).toEqual([second.id]);
    expect(page[0]?.questionCount).toBe(2);
    const next = await listSurveys(platform(), { limit: 1, before: second });
    expect(next.map(({ id }) => id)).toEqual([first.id]);
  });

  test('sent twice with the sender’s own id, even at once, are one', async () => {
    const survey = { id: randomUUID(), name: 'Once', questions: ['Why?'] };
    const made = await Promise.all([1, 2, 3].map(() => createSurvey(platform(), survey)));
    expect(new Set(made.map(({ id }) => id))).toEqual(new Set([survey.id]));
    expect(made[2]?.questions).toHaveLength(1);
  });

  test('get other questions until somebody answered', async () => {
    const { id } = await newSurvey();
    await setQuestions(platform(), { surveyId: id, questions: ['Only this?'] });
    expect((await requireSurvey(platform(), id)).questions.map(({ text }) => text)).toEqual(['Only this?']);
    await db.database.prisma.surveyResponse.create({ data: { surveyId: id, day: new Date('2026-03-02') } });
    await expect(setQuestions(platform(), { surveyId: id, questions: ['Another?'] })).rejects.toThrow(
      Conflict,
    );
    await setQuestions(platform(), { surveyId: id, questions: ['Only this?'] });
    expect((await requireSurvey(platform(), id)).questions).toHaveLength(1);
  });

  test('that do not exist are not found', async () => {
    const surveyId = randomUUID();
    await expect(requireSurvey(platform(), surveyId)).rejects.toThrow(NotFound);
    await expect(setQuestions(platform(), { surveyId, questions: ['?'] })).rejects.toThrow(NotFound);
    await expect(invite(platform(), { surveyId, name: 'x', count: 1 })).rejects.toThrow(NotFound);
    await expect(revokeBatch(platform(), { surveyId, batchId: randomUUID() })).rejects.toThrow(NotFound);
  });
});

describe('invitations', () => {
  test('are returned once, checked, different, and stored only as hashes', async () => {
    const survey = await newSurvey();
    const { batchId, anonymousIds } = await invite(platform(), {
      surveyId: survey.id,
      name: 'May',
      count: 50,
    });
    const digits = anonymousIds.map((id) => id.replaceAll(' ', ''));
    expect(new Set(digits).size).toBe(50);
    expect(digits.every(isAnonymousId)).toBe(true);
    const rows = await db.database.prisma.invitation.findMany({ where: { batchId } });
    const hashes = digits.map((id) => hashAnonymousId(config.secret, survey.id, id));
    expect(rows.map(({ idHash }) => idHash).sort()).toEqual(hashes.sort());
  });

  test('of a batch name sent twice, even at once, are made once', async () => {
    const { id: surveyId } = await newSurvey();
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => invite(platform(), { surveyId, name: 'June', count: 5 })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const attempt of tries)
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(Conflict);
    expect(await db.database.prisma.invitation.count({ where: { batch: { surveyId } } })).toBe(5);
  });

  test('that are revoked no longer count, and keep the first time', async () => {
    const { id: surveyId } = await newSurvey();
    const kept = await invite(platform(), { surveyId, name: 'kept', groupKey: 'West', count: 4 });
    const gone = await invite(platform(), { surveyId, name: 'gone', groupKey: 'West', count: 4 });
    const [taken] = await db.database.prisma.invitation.findMany({
      where: { batchId: kept.batchId },
      take: 1,
    });
    await db.database.prisma.invitation.update({
      where: { idHash: taken?.idHash ?? '' },
      data: { finished: true },
    });
    const first = await revokeBatch(platform(), { surveyId, batchId: gone.batchId });
    clock.advance(60_000);
    expect(await revokeBatch(platform(), { surveyId, batchId: gone.batchId })).toEqual(first);
    expect((await requireSurvey(platform(), surveyId)).participation).toEqual({
      overall: { invited: 4, percent: 25 },
      groups: [{ groupKey: 'West', invited: 4, percent: 25 }],
    });
  });
});
