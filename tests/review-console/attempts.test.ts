import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, type ConsoleKit, createConsoleKit, idOf } from './support/console-kit.ts';
import { countFailures, type Failing } from './support/count-failures.ts';

let kit: ConsoleKit;
let administrator: Client;

beforeAll(async () => {
  kit = await createConsoleKit();
  administrator = await kit.as('administrator');
  await kit.platform.database.prisma.user.update({
    where: { id: idOf('r1') },
    data: { shortNumber: '4711', pinHash: 'none of the tests calls' },
  });
});
afterAll(() => kit.close());
beforeEach(() => kit.platform.database.prisma.throttle.deleteMany());

const fail = (failing: Failing, times: number) => countFailures(kit.platform, failing, times);
const page = async () => (await administrator.get('/attempts')).body;
const keyOf = (html: string) => /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('nothing wrong: says so', async () => {
  expect(await page()).toContain('No wrong entries');
});

describe('wrong PINs', () => {
  test('of a person, from their own phone and from others; until when', async () => {
    await fail({ userId: idOf('r1') }, 1);
    await fail({ shortNumber: '4711', lineId: idOf('line'), fromNumber: '+15550122222' }, 6);
    const html = await page();
    const { name } = await kit.platform.database.prisma.user.findUniqueOrThrow({ where: { id: idOf('r1') } });
    expect(html).toContain(`<a href="/people/${idOf('r1')}">${name}</a>`);
    expect(html).toContain('own phone');
    expect(html).toContain('other phones');
    // Six at the rep: a minute. Six of the phone and of the line cost nothing yet.
    expect(html.match(/data-tone="late"/g)).toHaveLength(1);
    expect(html).toContain('1 entry has to wait now.');
    expect(html).toMatch(/A phone \([\w-]{6}\)/);
    const line = await kit.platform.database.prisma.line.findUniqueOrThrow({ where: { id: idOf('line') } });
    expect(html).toContain(line.name);
    expect(html).not.toMatch(/5550122222|555 012/);
  });

  test('at a number that nobody has', async () => {
    await fail({ shortNumber: '99999', lineId: idOf('line'), fromNumber: null }, 1);
    const html = await page();
    expect(html).toMatch(/A short number that nobody has \([\w-]{6}\)/);
    expect(html).toContain('PINs, number withheld');
    expect(html).not.toContain('99999');
  });

  test('are gone when time has forgotten them', async () => {
    await fail({ userId: idOf('r1') }, 1);
    kit.clock.advance(5 * 3_600_000);
    expect(await page()).toContain('No wrong entries');
  });
});

test('unlocking lets them try at once, and is audited', async () => {
  await fail({ userId: idOf('r1') }, 9);
  const key = keyOf(await page());
  const answer = await administrator.post('/attempts/unlock', { key });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/attempts']);
  const after = await page();
  expect(after).toContain('Unlocked: they can try again at once.');
  expect(after).toContain('No wrong entries');
  await administrator.post('/attempts/unlock', { key });
  expect(await page()).toContain('Nothing was locked there any more.');
  const entries = await kit.platform.database.prisma.auditEntry.findMany({
    where: { action: 'throttle.unlocked' },
  });
  expect(entries).toMatchObject([{ subjectType: 'user', subjectId: idOf('r1'), detail: {} }]);
  expect((await administrator.get('/audit-log')).body).toContain('unlocked PIN entry for a person');
});

test('nothing but wrong PINs and IDs can be unlocked there', async () => {
  const key = 'sign-in-person:abc';
  await kit.platform.database.prisma.throttle.create({
    data: { key, failures: 9, lastFailedAt: kit.clock.now() },
  });
  await administrator.post('/attempts/unlock', { key });
  expect(await kit.platform.database.prisma.throttle.count({ where: { key } })).toBe(1);
});
