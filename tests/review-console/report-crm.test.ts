import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type ConsoleKit, createConsoleKit } from './support/console-kit.ts';

let kit: ConsoleKit;
let administrator: Client;

beforeAll(async () => {
  kit = await createConsoleKit({ reports: 2, deliver: true });
  administrator = await kit.as('administrator');
});
afterAll(() => kit.close());

const reportId = () => kit.company.reportIds[0] ?? '';
const prisma = () => kit.platform.database.prisma;
const page = async (path: string) => (await administrator.get(path)).body.replace(/\s+/g, ' ');

test('from a value of the CRM to unit, version and audio in two clicks, with the reason', async () => {
  const value = await prisma().crmValue.findFirstOrThrow({
    where: { reportId: reportId(), unitId: { not: null }, writeKey: { not: null }, supersededAt: null },
    include: { unit: true },
  });
  const record = await page(`/crm/records/${value.recordId}`);
  // One click.
  const link = `/reports/${reportId()}?version=1#unit-${value.unit?.number}`;
  expect(record).toContain(`href="${link}"`);
  expect(record).toMatch(/from version 1 of the text/);
  expect(record).toMatch(/over our own values only|only where it is empty|added with its day/);
  // There the unit stands, and a click or a key plays it.
  const report = await page(link.split('#')[0] ?? '');
  expect(report).toContain(`id="unit-${value.unit?.number}"`);
});

test('what a report wrote is listed with its reasons, and can be marked as wrong', async () => {
  const shown = await page(`/reports/${reportId()}/crm`);
  expect(shown).toContain('from version 1 of the text');
  const entry = /name="syncEntryId" value="([^"]+)"/.exec(shown)?.[1] ?? '';
  const answer = await administrator.post(`/reports/${reportId()}/flags`, {
    subject: 'CRM: Stage',
    note: 'not so',
    syncEntryId: entry,
  });
  expect(answer.statusCode).toBe(303);
  expect(await prisma().reportFlag.findFirst({ where: { syncEntryId: entry } })).toMatchObject({
    note: 'not so',
    ownerId: expect.any(String),
  });
});

test('a conflict is shown side by side and settled from here', async () => {
  const entry = await prisma().syncEntry.findFirstOrThrow({
    where: { reportId: reportId(), status: 'written' },
  });
  await prisma().syncEntry.update({
    where: { id: entry.id },
    data: { status: 'conflict', previous: 'Their own words' },
  });
  const shown = await page(`/reports/${reportId()}/crm`);
  expect(shown).toContain('Somebody else wrote here');
  expect(shown).toContain('“Their own words”');
  const back = `/reports/${reportId()}/crm`;
  const answer = await administrator.post(`/crm/entries/${entry.id}/settle`, { keep: 'theirs', back });
  expect(answer.headers.location).toBe(back);
  expect(await page(back)).not.toContain('Somebody else wrote here');
});

test('taking back says first what would happen, happens once, and can be lifted', async () => {
  const path = `/reports/${reportId()}/crm`;
  const asked = await page(`${path}?undo=all`);
  expect(asked).toContain('Take back everything that this report wrote?');
  expect(asked).toMatch(/we wrote “.*It becomes empty\./);
  expect(await prisma().reportUndo.count()).toBe(0);
  for (const _ of [1, 2])
    expect((await administrator.post(`${path}/undo`, { scope: 'all' })).statusCode).toBe(303);
  expect(await prisma().reportUndo.count()).toBe(1);
  expect(await page(path)).toContain('took this report back out of the CRM');
  expect(await page(`/reports/${reportId()}`)).toContain('taken back');
  await administrator.post(`${path}/anew`);
  expect(await page(path)).not.toContain('took this report back out of the CRM');
  // A manager looks, and does nothing.
  const manager = await kit.as('manager');
  expect((await manager.get(`${path}?undo=all`)).body).not.toContain('Take back everything');
  expect((await manager.post(`${path}/undo`, { scope: 'all' })).statusCode).toBe(403);
});
