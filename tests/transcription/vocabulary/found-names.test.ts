import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { loadVocabulary } from '../../../transcription/vocabulary/load-vocabulary.ts';
import { scrubFoundNames } from '../../../transcription/vocabulary/scrub-found-names.ts';
import {
  type VocabularyInput,
  vocabularySchema,
} from '../../../transcription/vocabulary/vocabulary-schema.ts';
import { mergeVocabulary, replaceVocabulary } from '../../../transcription/vocabulary/write-vocabulary.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist } from '../support/build-dictation.ts';

let test: TestPlatform;
let world: VocabularyInput;
let june: string;

beforeAll(async () => {
  test = await createTestPlatform();
  june = await buildTranscriptionist(test.platform.database);
  const file = new URL('../../../app/demo/company/world.json', import.meta.url);
  world = vocabularySchema.parse(JSON.parse(await readFile(file, 'utf8')));
});
afterAll(() => test.close());
beforeEach(async () => {
  await prisma().contact.deleteMany({ where: { foundInReportId: { not: null } } });
  await prisma().competitor.deleteMany({ where: { foundInReportId: { not: null } } });
  await replaceVocabulary(test.platform, world);
});

const prisma = () => test.platform.database.prisma;

async function report(settled: object): Promise<string> {
  const leaseToken = randomUUID();
  const built = await buildDictation(test.platform.database, {
    now: new Date(),
    job: { status: 'claimed' },
    durationSeconds: 20,
  });
  await prisma().job.update({
    where: { id: built.jobId },
    data: { claimedById: june, leaseToken, leaseExpiresAt: new Date(Date.now() + 3_600_000) },
  });
  const input = finalizeInput.parse({ text: 'They buy from Kestrel Flow now.', leaseToken, ...settled });
  const done = await finalizeJob(
    test.platform,
    { afterFinalize: [] },
    {
      ...input,
      jobId: built.jobId,
      userId: june,
    },
  );
  return done.reportId ?? '';
}

const people = (reportId: string) =>
  prisma().reportContact.findMany({ where: { reportId }, include: { contact: true } });
const competitor = (name: string, certainty = 'confirmed') => ({
  fields: [{ field: 'new_competitor', value: { kind: 'text', text: name }, certainty }],
});

describe('names first heard in a report', () => {
  it('are known in the next one, and belong to the report that named them', async () => {
    const reportId = await report({
      accountId: 'a16',
      newContacts: ['Wren Adair'],
      ...competitor('Kestrel Flow'),
    });
    const { contacts, competitors } = await loadVocabulary(test.platform.database);
    expect([...contacts.values()]).toContainEqual(
      expect.objectContaining({ name: 'Wren Adair', account: 'a16' }),
    );
    expect([...competitors.values()].map(({ name }) => name)).toContain('Kestrel Flow');
    expect(await people(reportId)).toMatchObject([
      { newName: null, contact: { name: 'Wren Adair', foundInReportId: reportId } },
    ]);
  });

  it('are made once, however they are spelled, also at once', async () => {
    await Promise.all(
      ['Wren Adair', 'WREN  ADAIR', 'Wrén Adair'].map((name, at) =>
        report({
          accountId: 'a16',
          newContacts: [name],
          ...competitor(['Kestrel Flow', 'kestrel-flow', 'Kestrel Flow'][at] ?? ''),
        }),
      ),
    );
    expect(await prisma().contact.count({ where: { foundInReportId: { not: null } } })).toBe(1);
    expect(await prisma().competitor.count({ where: { foundInReportId: { not: null } } })).toBe(1);
    expect(
      await prisma().reportContact.count({ where: { contact: { name: { contains: 'A' } }, newName: null } }),
    ).toBeGreaterThan(2);
  });

  it('of somebody known already lead to them', async () => {
    const travis = await prisma().contact.findFirstOrThrow({ where: { name: 'Travis Teague' } });
    const account = await prisma().account.findUniqueOrThrow({ where: { id: travis.accountId } });
    const reportId = await report({ accountId: account.externalId, newContacts: ['Travis Teague'] });
    expect(await people(reportId)).toMatchObject([{ contactId: travis.id, newName: null }]);
  });

  it('are left alone without an account, and while they are only a suggestion', async () => {
    const reportId = await report({
      accountId: null,
      newContacts: ['Wren Adair'],
      ...competitor('Kestrel Flow', 'suggested'),
    });
    expect(await people(reportId)).toMatchObject([{ contactId: null, newName: 'Wren Adair' }]);
    expect(await prisma().competitor.count({ where: { name: 'Kestrel Flow' } })).toBe(0);
  });

  it('outlive a new list of the company, and give way to it when it names them', async () => {
    const reportId = await report({
      accountId: 'a16',
      newContacts: ['Wren Adair'],
      ...competitor('Kestrel Flow'),
    });
    await replaceVocabulary(test.platform, world);
    const names = async () => {
      const { contacts, competitors } = await loadVocabulary(test.platform.database);
      return [...contacts.entries(), ...competitors.entries()].flatMap(([id, { name }]) =>
        ['Wren Adair', 'Kestrel Flow'].includes(name) ? [id] : [],
      );
    };
    expect((await names()).every((id) => id.startsWith('found-'))).toBe(true);
    expect(await names()).toHaveLength(2);
    const own = vocabularySchema.parse({
      contacts: [{ id: 'c900', name: 'Wren Adair', account: 'a16', title: 'Manager' }],
      competitors: [{ id: 'k900', name: 'Kestrel Flow' }],
    });
    await mergeVocabulary(test.platform, own);
    expect(await names()).toEqual(['c900', 'k900']);
    expect(await people(reportId)).toMatchObject([{ contact: { externalId: 'c900' } }]);
  });

  it('go from the vocabulary when they are redacted', async () => {
    const reportId = await report({
      accountId: 'a16',
      newContacts: ['Wren Adair'],
      ...competitor('Kestrel Flow'),
    });
    const phrases = [{ words: 'Wren Adair', label: 'name' as const }];
    await prisma().$transaction((tx) => scrubFoundNames(tx, { reportId, phrases }));
    const contact = await prisma().contact.findFirstOrThrow({ where: { foundInReportId: reportId } });
    expect(contact.active).toBe(false);
    expect(contact.name).not.toContain('Wren');
    const kept = await prisma().competitor.findFirstOrThrow({ where: { foundInReportId: reportId } });
    expect(kept).toMatchObject({ name: 'Kestrel Flow', active: true });
  });
});
