import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, type ConsoleKit, createConsoleKit } from './support/console-kit.ts';

let kit: ConsoleKit;
let supervisor: Client;
let manager: Client;

beforeAll(async () => {
  kit = await createConsoleKit({ reports: 3 });
  supervisor = await kit.as('supervisor');
  manager = await kit.as('manager');
});
afterAll(() => kit.close());

const reportId = () => kit.company.reportIds[0] ?? '';
const prisma = () => kit.platform.database.prisma;
const transcriptOf = async () =>
  (
    await prisma().report.findUniqueOrThrow({
      where: { id: reportId() },
      include: { transcript: true },
    })
  ).transcript;
const page = async (path: string) => (await manager.get(path)).body.replace(/\s+/g, ' ');

test('a corrected text: the old link says what became of its unit, the others lead where they led', async () => {
  const before = await transcriptOf();
  const first = await prisma().thoughtUnit.findFirstOrThrow({ where: { reportId: reportId(), number: 1 } });
  const text = before.text.replace(first.text, `Well. ${first.text.replace(/\w+/, 'Certainly')}`);
  const form = { version: String(before.version), text: text.replaceAll('\n', '\r\n') };
  const preview = await supervisor.post(`/reports/${reportId()}/correct/preview`, form);
  expect(preview.json()).toMatchObject({ gone: [{ number: 1 }] });
  expect((await transcriptOf()).version).toBe(1);

  expect((await supervisor.post(`/reports/${reportId()}/correct`, form)).statusCode).toBe(303);
  expect(await transcriptOf()).toMatchObject({ version: 2, text });
  const shown = await page(`/reports/${reportId()}`);
  expect(shown).toContain('id="unit-2" data-unit="2"');
  const notice = shown.slice(shown.indexOf('id="unit-1" data-retired="1"'));
  expect(notice).toContain('is not in the text any more');
  expect(notice).toContain(`/reports/${reportId()}/versions/1#unit-1`);
  expect(notice).toMatch(/It is .*unit \d+<\/a> now/);

  // Written from what is not in force any more: told, and nothing is lost over it.
  const late = await supervisor.post(`/reports/${reportId()}/correct`, {
    ...form,
    text: `${before.text} Late.`,
  });
  expect(late.statusCode).toBe(409);
  expect((await transcriptOf()).version).toBe(2);
});

test('a link that names its version says that the text was corrected since, and the version can be read', async () => {
  expect(await page(`/reports/${reportId()}?version=1`)).toContain('You came from <a');
  expect(await page(`/reports/${reportId()}?version=2`)).not.toContain('You came from');
  const old = await page(`/reports/${reportId()}/versions/1`);
  expect(old).toContain('id="unit-1"');
  expect(old).toContain('It was corrected since');
  expect((await manager.get(`/reports/${reportId()}/versions/9`)).statusCode).toBe(404);
  expect((await manager.get(`/reports/${reportId()}/versions/x`)).statusCode).toBe(404);
});

test('a text that is sent as it was makes no version', async () => {
  const { version, text } = await transcriptOf();
  await supervisor.post(`/reports/${reportId()}/correct`, { version: String(version), text });
  expect((await transcriptOf()).version).toBe(version);
});
