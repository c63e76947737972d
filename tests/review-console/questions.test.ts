import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setAccountNumber } from '../../transcription/accounts/account-numbers.ts';
import { markQuestionHeard } from '../../transcription/standing-questions/question-to-hear.ts';
import { type Client, type ConsoleKit, createConsoleKit, idOf } from './support/console-kit.ts';

let kit: ConsoleKit;
let manager: Client;
let rep: Client;
let administrator: Client;
beforeAll(async () => {
  kit = await createConsoleKit({ reports: 14 });
  [manager, rep, administrator] = await Promise.all([
    kit.as('manager'),
    kit.as('rep'),
    kit.as('administrator'),
  ]);
});
afterAll(() => kit.close());

/** Text of a page without its tags, as a person reads it. */
function words(html: string): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
  return main
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

describe('Questions to reps', () => {
  test('say what will appear when there is none', async () => {
    expect(words((await manager.get('/questions')).body)).toContain('Nothing is asked now');
  });

  test('are asked, heard, counted and closed', async () => {
    expect((await manager.post('/questions', { text: 'any reaction to the price change' })).statusCode).toBe(
      303,
    );
    const { id: questionId } = await kit.platform.database.prisma.standingQuestion.findFirstOrThrow();
    const before = words((await manager.get('/questions')).body);
    expect(before).toContain('Reps hear “any reaction to the price change?” from their next call on');
    expect(before).toContain('heard by 0 of');
    await markQuestionHeard(kit.platform.database.pool, {
      questionId,
      userId: idOf('r1'),
      now: kit.clock.now(),
    });
    const after = words((await manager.get('/questions')).body);
    expect(after).toMatch(/heard by 1 of \d+ reps? 0 reports since they heard it/);
    expect(after).toContain('by Margaret Oyelaran-Whitcombe');
    for (let time = 0; time < 2; time += 1) {
      expect((await manager.post(`/questions/${questionId}/close`)).statusCode).toBe(303);
    }
    const closed = words((await manager.get('/questions')).body);
    expect(closed).toContain('Nothing is asked now');
    expect(closed).toContain('Asked before any reaction to the price change?');
  });

  test('nine words come back with what is wrong, and nothing is asked', async () => {
    const before = await kit.platform.database.prisma.standingQuestion.count();
    const answer = await manager.post('/questions', { text: 'one two three four five six seven eight nine' });
    expect(answer.statusCode).toBe(400);
    expect(words(answer.body)).toContain('That is 9 words.');
    expect(answer.body).toContain('value="one two three four five six seven eight nine"');
    expect(await kit.platform.database.prisma.standingQuestion.count()).toBe(before);
  });

  test('what was asked is never markup', async () => {
    await manager.post('/questions', { text: '<b>Prices</b> & terms?' });
    expect((await manager.get('/questions')).body).toContain('&lt;b&gt;Prices&lt;/b&gt; &amp; terms?');
  });
});

describe('a customer on the phone', () => {
  const page = (client: Client) => client.get(`/customers/${idOf('a37')}`);

  test('the page says what the briefing says, with the way to its sentences', async () => {
    const { body } = await page(manager);
    const text = words(body);
    expect(text).toContain('What the phone briefing says');
    expect(text).toMatch(/last (met|talked by phone with) .*Barb Kessler/);
    expect(body).toMatch(/<q><a class="plain" href="\/reports\/[0-9a-f-]+#unit-\d+">/);
  });

  test('a rep reads of it what they would hear: nothing of customers of others', async () => {
    const { prisma } = kit.platform.database;
    await prisma.account.update({ where: { id: idOf('a37') }, data: { ownerId: null } });
    expect(words((await page(rep)).body)).toContain('Nothing to tell yet.');
    await prisma.account.update({ where: { id: idOf('a37') }, data: { ownerId: idOf('r1') } });
    expect(words((await page(rep)).body)).not.toContain('Nothing to tell yet.');
  });

  test('an administrator gives it a number, which the list finds; nobody else is offered to', async () => {
    const post = (shortNumber: string) =>
      administrator.post(`/customers/${idOf('a37')}/number`, { shortNumber });
    expect((await page(manager)).body).not.toContain('name="shortNumber"');
    expect((await page(administrator)).body).toContain('name="shortNumber"');
    expect((await post('47')).statusCode).toBe(303);
    expect(words((await page(manager)).body)).toContain('On the phone: 47');
    const found = words((await manager.get('/customers?q=47')).body);
    expect(found).toContain('Wabash Valley Canning');
    expect(found).not.toContain('Las Cruces');
  });

  test('a number that is taken, or none, comes back with what is wrong', async () => {
    await setAccountNumber(kit.platform, {
      accountId: idOf('a16'),
      shortNumber: '61',
      actorId: idOf('administrator'),
    });
    const taken = await administrator.post(`/customers/${idOf('a37')}/number`, { shortNumber: '61' });
    expect(taken.statusCode).toBe(409);
    expect(words(taken.body)).toContain('has the number 61. Choose another one.');
    const wrong = await administrator.post(`/customers/${idOf('a37')}/number`, { shortNumber: '7' });
    expect(wrong.statusCode).toBe(400);
    expect(words(wrong.body)).toContain('Write two to six digits');
    expect(wrong.body).toContain('value="7"');
  });
});
