import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { correctTranscript } from '../../../transcription/reports/correct-transcript.ts';
import { correctInput } from '../../../transcription/reports/finalize-schema.ts';
import { mayCorrect } from '../../../transcription/reports/may-correct.ts';
import { previewCorrection } from '../../../transcription/reports/plan-corrected.ts';
import { readTextVersions } from '../../../transcription/reports/text-versions.ts';
import { buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

let kit: TestPlatform;
let june: string;

beforeAll(async () => {
  kit = await createTestPlatform();
  june = (await buildUser(kit.platform.database, { name: 'June Typist' })).id;
});
afterAll(() => kit.close());

const prisma = () => kit.platform.database.prisma;
const inForce = (reportId: string) =>
  prisma().report.findUniqueOrThrow({ where: { id: reportId }, include: { transcript: true } });

async function correct(reportId: string, change: (text: string) => string): Promise<void> {
  const { transcript } = await inForce(reportId);
  const input = correctInput.parse({ version: transcript.version, text: change(transcript.text) });
  await correctTranscript(kit.platform, { afterFinalize: [] }, { ...input, reportId, userId: june });
}

const UNITS = [
  'We met Ann at the plant.',
  // Cut by a person as software would not.
  'She was in good spirits. Really good.',
  'They want four pumps',
  'and they want them by May.',
  'I will call her on Monday.',
];

test('numbers stay with their words through any number of corrections, and every old link is answered', async () => {
  const { reportId, dictationId } = await buildReport(kit.platform.database, { units: UNITS });
  const changes: ((text: string) => string)[] = [
    (text) => text.replace('four', 'five'),
    (text) => text.replace('Really good.', 'Really quite good.'),
    (text) => `${text} Or she calls me.`,
    (text) => text.replace('We met Ann at the plant. ', ''),
    (text) => text.replace('five pumps', 'five of the big pumps'),
    (text) => text.replace('I will call', 'Later I will call'),
  ];
  const said = new Map<number, string>();
  const note = async () => {
    const units = await prisma().thoughtUnit.findMany({ where: { reportId } });
    for (const { number, text } of units) {
      // A number means these words, whatever becomes of the text.
      expect(said.get(number) ?? text).toBe(text);
      said.set(number, text);
    }
    return units;
  };
  await note();
  for (const change of changes) {
    const { transcript } = await inForce(reportId);
    const preview = await previewCorrection(kit.platform, {
      reportId,
      dictationId,
      text: change(transcript.text),
    });
    const before = await prisma().thoughtUnit.findMany({ where: { reportId, retired: false } });
    await correct(reportId, change);
    const units = await note();
    const standing = units
      .filter(({ retired }) => !retired)
      .toSorted((a, b) => a.startOffset - b.startOffset);
    // What the screen foretold is what came.
    expect(standing.map(({ text }) => text)).toEqual(preview.units.map(({ text }) => text));
    for (const { number, text } of preview.units)
      if (number !== null) expect(standing.find((unit) => unit.number === number)?.text).toBe(text);
    // One change, one or two units: the others are who they were.
    expect(
      before.filter(({ number }) => !standing.some((unit) => unit.number === number)).length,
    ).toBeLessThan(2);
    expect(standing.map(({ text }) => text).join(' ')).toBe((await inForce(reportId)).transcript.text);
  }
  const versions = await readTextVersions(kit.platform.database, reportId);
  expect(versions.versions.map(({ version, author }) => [version, author?.name ?? null])).toEqual([
    [1, null],
    ...changes.map((_, at) => [at + 2, 'June Typist']),
  ]);
  const retired = versions.retired();
  const standing = versions.unitsOf(7)?.map(({ number }) => number) ?? [];
  for (const number of said.keys())
    expect(standing.includes(number) || retired.some((unit) => unit.number === number)).toBe(true);
  expect(retired.find(({ number }) => number === 1)).toMatchObject({ version: 4, now: [] });
  const pumps = retired.find(({ text }) => text === 'They want four pumps');
  expect(pumps).toMatchObject({ version: 1, corrected: { version: 2, author: { name: 'June Typist' } } });
  const now = await prisma().thoughtUnit.findFirstOrThrow({
    where: { reportId, number: pumps?.now[0] ?? 0 },
  });
  expect(now).toMatchObject({ text: 'They want five of the big pumps', retired: false });
  // Each version as it was read then, in its order.
  for (const { version } of versions.versions) {
    const { text } = await prisma().transcript.findUniqueOrThrow({
      where: { dictationId_version: { dictationId, version } },
    });
    expect(
      versions
        .unitsOf(version)
        ?.map((unit) => unit.text)
        .join(' '),
    ).toBe(text);
  }
  expect(versions.unitsOf(99)).toBeNull();
}, 60_000);

test.each<[Role[], boolean, boolean]>([
  [['transcriptionist'], true, true],
  [['transcriptionist'], false, false],
  [['supervisor'], false, true],
  [['administrator'], false, true],
  [['manager'], false, false],
  [['rep'], false, false],
])('%j, who wrote it: %s, may correct: %s', (roles, isTheirs, may) => {
  expect(mayCorrect({ id: 'me', roles }, { finalizedById: isTheirs ? 'me' : 'june' })).toBe(may);
});
