import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { InvalidInput, NotFound } from '../../../platform/errors.ts';
import {
  markQuestionHeard,
  questionToHear,
} from '../../../transcription/standing-questions/question-to-hear.ts';
import {
  addStandingQuestion,
  closeStandingQuestion,
  listStandingQuestions,
} from '../../../transcription/standing-questions/standing-questions.ts';
import { buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

const clock = createSettableClock(new Date('2026-11-18T20:00:00Z'));
let kit: TestPlatform;
let manager: string;
beforeAll(async () => {
  kit = await createTestPlatform({ clock });
});
afterAll(() => kit.close());
beforeEach(async () => {
  await kit.platform.database.pool.query('truncate standing_question, report, app_user cascade');
  manager = (await buildUser(kit.platform.database, { name: 'Nora Whitfield', roles: ['manager'] })).id;
});

const ask = (text: string) => addStandingQuestion(kit.platform, { text, createdById: manager });
const close = (questionId: string) => closeStandingQuestion(kit.platform, { questionId, actorId: manager });
const hears = async (userId: string) =>
  (await questionToHear(kit.platform.database.pool, userId))?.text ?? null;
const heard = (questionId: string, userId: string) =>
  markQuestionHeard(kit.platform.database.pool, { questionId, userId, now: clock.now() });
const rep = async () => {
  const { id } = await buildUser(kit.platform.database);
  await kit.platform.database.prisma.user.update({ where: { id }, data: { pinHash: 'x' } });
  return id;
};

test('each rep hears each question once, the oldest open one first', async () => {
  const [one, two] = [await rep(), await rep()];
  const first = await ask('Any reaction to the price change?');
  clock.advance(60_000);
  const second = await ask('Who is short of technicians');
  expect(await hears(one)).toBe('Any reaction to the price change?');
  await heard(first.questionId, one);
  await heard(first.questionId, one);
  expect(await hears(one)).toBe('Who is short of technicians?');
  expect(await hears(two)).toBe('Any reaction to the price change?');
  await heard(second.questionId, one);
  expect(await hears(one)).toBeNull();
});

test('one that is closed is not asked any more', async () => {
  const one = await rep();
  const first = await ask('Any reaction to the price change?');
  await close(first.questionId);
  await close(first.questionId);
  expect(await hears(one)).toBeNull();
  const { closedAt } = await kit.platform.database.prisma.standingQuestion.findFirstOrThrow();
  clock.advance(60_000);
  await close(first.questionId);
  expect((await kit.platform.database.prisma.standingQuestion.findFirstOrThrow()).closedAt).toEqual(closedAt);
  await expect(close(randomUUID())).rejects.toThrow(NotFound);
});

test('hearing one that is gone meanwhile is no error', async () => {
  await heard(randomUUID(), await rep());
});

test('nine words are too many, and say so', async () => {
  const refused = await ask('One two three four five six seven eight nine').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InvalidInput);
  expect(refused).toMatchObject({ userMessage: expect.stringContaining('9 words') });
  expect(await listStandingQuestions(kit.platform)).toEqual([]);
});

test('asked twice at once it is one question; closed, it can be asked anew', async () => {
  const made = await Promise.all([1, 2, 3].map(() => ask('Any reaction to the price change')));
  expect(new Set(made.map(({ questionId }) => questionId)).size).toBe(1);
  await close(made[0]?.questionId ?? '');
  const again = await ask('Any reaction to the price change?');
  expect(again.questionId).not.toBe(made[0]?.questionId);
  const actions = await kit.platform.database.prisma.auditEntry.findMany({
    where: { actorId: manager },
    orderBy: { id: 'asc' },
  });
  expect(actions.map(({ action }) => action)).toEqual([
    'question.asked',
    'question.closed',
    'question.asked',
  ]);
});

test('the list says who heard it of those who can call, and what they reported since', async () => {
  const [one, two] = [await rep(), await rep()];
  const gone = await rep();
  const { prisma } = kit.platform.database;
  await prisma.user.update({ where: { id: gone }, data: { active: false } });
  const asked = clock.now();
  const { questionId } = await ask('Any reaction to the price change?');
  const before = new Date(asked.getTime() - 60_000);
  await buildReport(kit.platform.database, { speakerId: one, calledAt: before });
  clock.advance(60_000);
  await heard(questionId, one);
  const called = async (speakerId: string) => {
    clock.advance(60_000);
    await buildReport(kit.platform.database, { speakerId, calledAt: clock.now() });
  };
  await called(one);
  await called(one);
  await called(two);
  expect(await listStandingQuestions(kit.platform)).toEqual([
    {
      id: questionId,
      text: 'Any reaction to the price change?',
      askedBy: 'Nora Whitfield',
      createdAt: asked,
      closedAt: null,
      heard: 1,
      reps: 2,
      reports: 2,
    },
  ]);
  await close(questionId);
  await called(one);
  expect(await listStandingQuestions(kit.platform)).toMatchObject([{ heard: 1, reports: 2 }]);
});
