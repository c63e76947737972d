import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJob, readLikelyAccountIds } from '../../../transcription/jobs/job-detail.ts';
import { readSaidFor } from '../../../transcription/jobs/said-for.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { buildDictation } from '../support/build-dictation.ts';

let db: TestDatabase;
const prisma = () => db.database.prisma;
const now = new Date('2026-11-18T20:00:00Z');

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

describe('what a dictation was said for', () => {
  it('is nothing for a report, and for one that is not known', async () => {
    const { dictationId } = await buildDictation(db.database, { now });
    expect(await readSaidFor(db.database, dictationId)).toBeNull();
    expect(await readSaidFor(db.database, '00000000-0000-7000-8000-000000000000')).toBeNull();
  });

  it('is the section of a proposal, also when it is typed a second time', async () => {
    const { dictationId, speakerId } = await buildDictation(db.database, { now, purpose: 'proposal' });
    const proposal = await prisma().proposal.create({
      data: {
        title: 'Tempe bid',
        sections: { create: { position: 0, number: '1', title: 'Schedule', guidance: 'By when?' } },
      },
      include: { sections: true },
    });
    const contribution = await prisma().contribution.create({
      data: { sectionId: proposal.sections[0]?.id ?? '', contributorId: speakerId },
    });
    await prisma().dictation.update({
      where: { id: dictationId },
      data: { contributionId: contribution.id },
    });
    const copy = await buildDictation(db.database, { now, purpose: 'proposal', speakerId });
    await prisma().dictation.update({ where: { id: copy.dictationId }, data: { checkOfId: dictationId } });
    const expected = {
      kind: 'contribution',
      proposal: 'Tempe bid',
      section: { number: '1', title: 'Schedule', guidance: 'By when?' },
    };
    expect(await readSaidFor(db.database, dictationId)).toEqual(expected);
    expect(await readSaidFor(db.database, copy.dictationId)).toEqual(expected);
  });

  it('is the question of a survey', async () => {
    const { dictationId } = await buildDictation(db.database, { now, purpose: 'survey' });
    const survey = await prisma().survey.create({
      data: { name: 'Customers', questions: { create: { position: 0, text: 'What would you change?' } } },
      include: { questions: true },
    });
    const response = await prisma().surveyResponse.create({ data: { surveyId: survey.id, day: now } });
    const answer = await prisma().answer.create({
      data: { responseId: response.id, questionId: survey.questions[0]?.id ?? '' },
    });
    await prisma().dictation.update({
      where: { id: dictationId },
      data: { answerId: answer.id, speakerId: null },
    });
    expect(await readSaidFor(db.database, dictationId)).toEqual({
      kind: 'answer',
      survey: 'Customers',
      question: 'What would you change?',
    });
  });
});

it('the accounts that a job is probably about are those that the workbench shows', async () => {
  const { jobId, dictationId, speakerId } = await buildDictation(db.database, {
    now,
    job: { status: 'waiting', dueAt: now },
  });
  const [own, named, mentioned, other] = await Promise.all(
    ['Halvorsen Pumps', 'Double T', 'Kestrel Flow', 'Nobody'].map((name, index) =>
      prisma().account.create({
        data: { externalId: name, name, ...(index === 0 && { ownerId: speakerId }) },
      }),
    ),
  );
  await prisma().dictation.update({ where: { id: dictationId }, data: { accountId: named?.id } });
  await prisma().draft.create({ data: { jobId, text: 'I went by Kestrel Flow.' } });
  const found = await readLikelyAccountIds(db, jobId);
  expect([...found].sort()).toEqual([own?.id, named?.id, mentioned?.id].sort());
  expect(found.has(other?.id ?? '')).toBe(false);
  expect([...found]).toEqual((await readJob(db, jobId)).accounts.map(({ id }) => id));
  await expect(readLikelyAccountIds(db, speakerId)).rejects.toThrow('No job');
});
