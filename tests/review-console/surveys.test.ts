import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAnonymousId } from '../../surveys/anonymous-id.ts';
import { type Client, type ConsoleKit, createConsoleKit } from './support/console-kit.ts';

let kit: ConsoleKit;
let manager: Client;
beforeAll(async () => {
  kit = await createConsoleKit({ reports: 1 });
  manager = await kit.as('manager');
});
afterAll(() => kit.close());

async function addSurvey(fields: Record<string, string> = {}): Promise<string> {
  const answer = await manager.post('/surveys', {
    name: 'How are we doing?',
    questions: 'What should we change?\n\n  Anything else?  ',
    language: 'en-US',
    minimumGroup: '3',
    opensOn: '',
    closesOn: '2027-01-31',
    ...fields,
  });
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location).replace('/surveys/', '');
}

/** Responses of a group, complete and written down: `text` of each answer. */
async function addResponses(
  surveyId: string,
  groupKey: string,
  texts: string[],
  { complete = true }: { complete?: boolean } = {},
): Promise<void> {
  const { prisma } = kit.platform.database;
  const questions = await prisma.surveyQuestion.findMany({ where: { surveyId } });
  for (const text of texts) {
    await prisma.surveyResponse.create({
      data: {
        surveyId,
        groupKey,
        complete,
        day: new Date('2026-11-17'),
        resumeKey: complete ? null : randomUUID(),
        answers: {
          create: questions.map(({ id, position }) => ({
            questionId: id,
            done: true,
            text: `${text} to ${position}`,
          })),
        },
      },
    });
  }
}

describe('a new survey', () => {
  test('is listed with its state and gets a page with its questions', async () => {
    const surveyId = await addSurvey({ name: 'Pumps, our view' });
    const list = await manager.get('/surveys');
    expect(list.body).toContain('Pumps, our view');
    const page = await manager.get(`/surveys/${surveyId}`);
    expect(page.body).toContain('What should we change?');
    expect(page.body).toContain('Anything else?');
    expect(page.body).toContain('No line asks it yet');
    const { prisma } = kit.platform.database;
    expect(await prisma.auditEntry.count({ where: { action: 'survey.created', subjectId: surveyId } })).toBe(
      1,
    );
  });

  test.each([
    [{ name: '' }, 'Write a name.'],
    [{ questions: ' \n ' }, 'Write at least one question.'],
    [{ minimumGroup: '1' }, 'A group of one is a person: write 2 or more.'],
    [{ opensOn: '2027-03-01' }, 'It would close before it opens.'],
    [{ closesOn: 'soon' }, 'Write a day, like 2026-12-01.'],
  ])('with %j is refused in a sentence, and nothing typed is lost', async (fields, sentence) => {
    const answer = await manager.post('/surveys', {
      name: 'Kept',
      questions: 'Kept as well?',
      language: 'en-US',
      minimumGroup: '3',
      opensOn: '',
      closesOn: '2027-01-31',
      ...fields,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(sentence);
    if (!('name' in fields)) expect(answer.body).toContain('value="Kept"');
    if (!('questions' in fields)) expect(answer.body).toContain('Kept as well?');
  });
});

describe('a batch of invitations', () => {
  test('is shown once, as a file and as letters with the number of the line', async () => {
    const surveyId = await addSurvey();
    const { prisma } = kit.platform.database;
    await prisma.line.create({
      data: { number: '+16025550177', purpose: 'survey', name: 'Tell us', surveyId },
    });
    const fields = { name: 'Letters of June', groupKey: 'North', count: '4' };
    const page = await manager.post(`/surveys/${surveyId}/batches`, fields);
    expect(page.statusCode).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    const ids = [...page.body.matchAll(/class="survey-id">(\d{4} \d{4} \d{4})</g)].map(([, id]) => id ?? '');
    expect(ids).toHaveLength(4);
    expect(ids.every((id) => isAnonymousId(id.replaceAll(' ', '')))).toBe(true);
    expect(page.body.match(/\+1 602 555 0177/g)).toHaveLength(4);
    expect(page.body).toContain('How you stay anonymous');
    const plain = page.body.replaceAll('&#x3D;', '=');
    const base64 = /data:text\/csv;charset=utf-8;base64,([^"]+)"/.exec(plain)?.[1] ?? '';
    const csv = Buffer.from(base64, 'base64').toString();
    expect(csv.split('\n').slice(0, 5)).toEqual([
      'anonymous_id,phone_number',
      ...ids.map((id) => `${id},+16025550177`),
    ]);

    const again = await manager.post(`/surveys/${surveyId}/batches`, fields);
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain('its IDs were shown once');
    const after = await manager.get(`/surveys/${surveyId}`);
    expect(after.body).toContain('Letters of June');
    for (const id of ids) expect(after.body).not.toContain(id);
    expect(await prisma.invitation.count({ where: { batch: { surveyId } } })).toBe(4);
  });

  test('is revoked', async () => {
    const surveyId = await addSurvey();
    await manager.post(`/surveys/${surveyId}/batches`, { name: 'Lost', groupKey: '', count: '2' });
    const { prisma } = kit.platform.database;
    const batch = await prisma.invitationBatch.findFirstOrThrow({ where: { surveyId } });
    const answer = await manager.post(`/surveys/${surveyId}/batches/${batch.id}/revoke`);
    expect(answer.statusCode).toBe(303);
    expect((await manager.get(`/surveys/${surveyId}`)).body).toContain('revoked');
    const { revokedAt } = await prisma.invitationBatch.findUniqueOrThrow({ where: { id: batch.id } });
    expect(revokedAt).not.toBeNull();
  });

  test('of none, or of too many, is refused', async () => {
    const surveyId = await addSurvey();
    for (const count of ['0', '10001', 'ten']) {
      const answer = await manager.post(`/surveys/${surveyId}/batches`, { name: 'X', groupKey: '', count });
      expect(answer.statusCode).toBe(400);
    }
  });
});

describe('what respondents say', () => {
  test('is closed below the minimum, and then shown without anything about who', async () => {
    const surveyId = await addSurvey();
    await addResponses(surveyId, 'North', ['One', 'Two']);
    await addResponses(surveyId, 'North', ['Unfinished'], { complete: false });
    const before = (await manager.get(`/surveys/${surveyId}`)).body;
    expect(before).not.toContain('One to 1');
    expect(before).toContain('at least 3 responses');
    await addResponses(surveyId, 'North', ['Three']);
    const page = (await manager.get(`/surveys/${surveyId}`)).body;
    for (const text of ['One to 1', 'Two to 1', 'Three to 2']) expect(page).toContain(text);
    expect(page).not.toContain('Unfinished');
  });

  test('of a small group is closed, and can’t be had by leaving out the others', async () => {
    const surveyId = await addSurvey();
    await addResponses(surveyId, 'North', ['N1', 'N2', 'N3', 'N4']);
    await addResponses(surveyId, 'South', ['S1']);
    const page = (await manager.get(`/surveys/${surveyId}`)).body;
    expect(page).toContain('S1 to 1');
    expect(page).not.toContain('?group=North');
    for (const group of ['North', 'South', 'Nowhere']) {
      const body = (await manager.get(`/surveys/${surveyId}?group=${group}`)).body;
      expect(body).toContain('This group is closed');
      expect(body).not.toContain('N1 to 1');
    }
    await addResponses(surveyId, 'South', ['S2', 'S3']);
    const south = (await manager.get(`/surveys/${surveyId}?group=South`)).body;
    expect(south).toContain('S3 to 2');
    expect(south).not.toContain('N1');
  });

  test('lies in another order at each question than the responses do', async () => {
    const surveyId = await addSurvey();
    const texts = Array.from({ length: 12 }, (_, at) => `R${at}`);
    await addResponses(surveyId, 'North', texts);
    const { body } = await manager.get(`/surveys/${surveyId}`);
    const order = (position: number) =>
      [...body.matchAll(new RegExp(`<li>(R\\d+) to ${position}</li>`, 'g'))].map(([, text]) => text);
    expect([...order(1)].sort()).toEqual([...texts].sort());
    expect(order(1)).not.toEqual(texts);
    expect(order(1)).not.toEqual(order(2));
  });
});

test('participation is a rate', async () => {
  const surveyId = await addSurvey();
  await manager.post(`/surveys/${surveyId}/batches`, { name: 'All', groupKey: 'North', count: '8' });
  const { prisma } = kit.platform.database;
  const some = await prisma.invitation.findMany({ where: { batch: { surveyId } }, take: 3 });
  await prisma.invitation.updateMany({
    where: { idHash: { in: some.map(({ idHash }) => idHash) } },
    data: { finished: true },
  });
  const { body } = await manager.get(`/surveys/${surveyId}`);
  expect(body).toMatch(/38%<\/span> of 8 invited/);
  expect(body).toMatch(/North<\/span><span class="quiet">38% of 8</);
});
