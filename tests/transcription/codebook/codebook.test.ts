import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFinalizeHooks } from '../../../app/finalize-hooks.ts';
import { recodeHooks } from '../../../app/recode-hooks.ts';
import { readMappings } from '../../../crm-sync/mapping/read-mappings.ts';
import { countReport } from '../../../insight/counts/count-report.ts';
import { searchUnits } from '../../../insight/search/search-units.ts';
import { applyDraft, undoVersion } from '../../../transcription/codebook/apply-draft.ts';
import {
  beginDraft,
  changeDraft,
  discardDraft,
  readDraft,
  readInForce,
} from '../../../transcription/codebook/draft-store.ts';
import type { DraftEdit } from '../../../transcription/codebook/edit-draft.ts';
import { sweepMergedCodes } from '../../../transcription/codebook/follow-codebook.ts';
import { previewDraft } from '../../../transcription/codebook/preview-draft.ts';
import { correctTranscript } from '../../../transcription/reports/correct-transcript.ts';
import { correctInput } from '../../../transcription/reports/finalize-schema.ts';
import { defaultCodebook } from '../../../transcription/thought-units/coding/codebook.ts';
import { loadVocabulary } from '../../../transcription/vocabulary/load-vocabulary.ts';
import { type BuiltReport, buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

let kit: TestPlatform;
let ada: { id: string };
let sure: BuiltReport;
let guessed: BuiltReport;

beforeAll(async () => {
  kit = await createTestPlatform();
  const { database } = kit.platform;
  ada = await buildUser(database, { name: 'Ada', roles: ['administrator'] });
  await database.prisma.codebook.create({
    data: {
      version: 1,
      codes: { create: defaultCodebook.map((code, position) => ({ ...code, position })) },
    },
  });
  sure = await buildReport(database, {
    units: [
      { text: 'Their budget is gone until March.', codes: ['budget-timeline', 'pricing'] },
      { text: 'He quoted a price.', codes: ['pricing', { code: 'budget-timeline', certainty: 'refused' }] },
      { text: 'They want two more.', codes: ['need'] },
    ],
  });
  guessed = await buildReport(database, {
    units: [
      {
        text: 'The price is two hundred dollars apiece.',
        codes: [{ code: 'pricing', certainty: 'suggested' }],
      },
      {
        text: 'They talked about the zorbing machine.',
        codes: [{ code: 'account-background', certainty: 'suggested' }],
      },
      { text: 'The zorbing machine was loud.', codes: ['product-feedback'] },
    ],
  });
  for (const { reportId } of [sure, guessed])
    await database.prisma.$transaction((tx) => countReport(tx, { reportId }));
  const connector = await database.prisma.connector.create({ data: { kind: 'builtin', name: 'CRM' } });
  await database.prisma.fieldMapping.create({
    data: {
      connectorId: connector.id,
      source: 'budget-timeline',
      objectType: 'account',
      targetField: 'notes',
    },
  });
});
afterAll(() => kit.close());

async function edit(...edits: DraftEdit[]): Promise<number> {
  await beginDraft(kit.platform.database, ada.id);
  let revision = (await readDraft(kit.platform.database.prisma))?.revision ?? -1;
  for (const each of edits)
    ({ revision } = await changeDraft(kit.platform.database, { revision, edit: each, actorId: ada.id }));
  return revision;
}
const apply = (revision: number) =>
  applyDraft(kit.platform, recodeHooks, { revision, note: 'try', actorId: ada.id });
async function codesOf({ reportId }: BuiltReport): Promise<string[]> {
  const units = await kit.platform.database.prisma.thoughtUnit.findMany({
    where: { reportId, retired: false },
    orderBy: { startOffset: 'asc' },
    include: { codes: { orderBy: { rank: 'asc' } } },
  });
  return units.map(({ codes }) =>
    codes.map(({ codeKey, certainty }) => `${codeKey} ${certainty}`).join(', '),
  );
}
async function counted(): Promise<Record<string, number>> {
  const rows = await kit.platform.database.prisma.dailyCount.findMany({ where: { dimension: 'code' } });
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
}
const found = async (q: string) =>
  (await searchUnits(kit.platform, { id: ada.id, roles: ['administrator'] }, { q })).total.units;

describe('the draft', () => {
  it('is one for all, changed by one at a time', async () => {
    await Promise.all([beginDraft(kit.platform.database, ada.id), beginDraft(kit.platform.database, ada.id)]);
    const rename = (label: string) =>
      changeDraft(kit.platform.database, {
        revision: 0,
        edit: { kind: 'change', key: 'need', change: { label } },
        actorId: ada.id,
      });
    const done = await Promise.allSettled([rename('Needs'), rename('Wants')]);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(edit({ kind: 'merge', key: 'need', into: 'need' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(edit({ kind: 'change', key: 'need', change: { label: '' } })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await discardDraft(kit.platform.database);
    expect(await readDraft(kit.platform.database.prisma)).toBeNull();
  });
});

describe('a merge', () => {
  it('shows what it would recode, does it once with counts, search, CRMs, and is taken back', async () => {
    const { database } = kit.platform;
    const before = { sure: await codesOf(sure), counts: await counted() };
    const revision = await edit({ kind: 'merge', key: 'budget-timeline', into: 'pricing' });
    await expect(apply(revision)).rejects.toMatchObject({ code: 'conflict' });
    const preview = await previewDraft(kit.platform);
    expect(preview.merges).toMatchObject([
      { from: 'budget-timeline', into: 'pricing', units: 1, confirmed: 1, reports: 1 },
    ]);
    expect(preview.merges[0]?.examples.map(({ text }) => text)).toEqual([
      'Their budget is gone until March.',
    ]);
    expect(await codesOf(sure)).toEqual(before.sure);

    // By two at once: one does it.
    const done = await Promise.allSettled([apply(revision), apply(revision)]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await codesOf(sure)).toEqual(['pricing confirmed', 'pricing confirmed', 'need confirmed']);
    expect((await counted())['budget-timeline']).toBeUndefined();
    expect((await counted()).pricing).toBe(2);
    expect(await found('code:budget-timeline')).toBe(await found('code:pricing'));
    const recoded = await database.prisma.outboxEntry.findMany({ where: { kind: 'recoded' } });
    expect(recoded.map(({ reportId }) => reportId)).toContain(sure.reportId);
    const connector = await database.prisma.connector.findFirstOrThrow();
    expect((await readMappings(database.prisma, connector.id)).map(({ source }) => source)).toEqual([
      'pricing',
    ]);
    const loaded = await loadVocabulary(database);
    expect(loaded.codes.has('budget-timeline')).toBe(false);
    expect(loaded.formerCodes.has('budget-timeline')).toBe(true);

    // A review begun before, with the code that is gone: it is taken, and follows.
    const input = correctInput.parse({
      version: 1,
      text: 'Their budget is gone until March. He quoted a price. They want two more.',
      units: [
        { text: 'Their budget is gone until March.', codes: [] },
        { text: 'He quoted a price.', codes: [] },
        { text: 'They want two more.', codes: ['budget-timeline', 'need'] },
      ],
    });
    await correctTranscript(kit.platform, createFinalizeHooks(kit.platform), {
      ...input,
      reportId: sure.reportId,
      userId: ada.id,
    });
    expect((await codesOf(sure))[2]).toBe('pricing confirmed, need confirmed');

    const undone = await undoVersion(kit.platform, recodeHooks, { version: 2, actorId: ada.id });
    expect(undone.version).toBe(3);
    await expect(
      undoVersion(kit.platform, recodeHooks, { version: 2, actorId: ada.id }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await codesOf(sure)).slice(0, 2)).toEqual(before.sure.slice(0, 2));
    expect((await counted())['budget-timeline']).toBe(before.counts['budget-timeline']);
    expect((await readInForce(database.prisma))?.codes.map(({ key }) => key)).toEqual(
      defaultCodebook.map(({ key }) => key),
    );
  });

  it('reaches what was finalized in the same moment, by the sweep', async () => {
    const { database } = kit.platform;
    const revision = await edit({ kind: 'merge', key: 'market-trend', into: 'need' });
    await previewDraft(kit.platform);
    await apply(revision);
    const late = await buildReport(database, { units: [{ text: 'All buy less.', codes: ['market-trend'] }] });
    expect(await sweepMergedCodes(kit.platform, recodeHooks)).toBe(1);
    expect(await codesOf(late)).toEqual(['need confirmed']);
    expect(await sweepMergedCodes(kit.platform, recodeHooks)).toBe(0);
    await undoVersion(kit.platform, recodeHooks, { version: 4, actorId: ada.id });
    expect(await codesOf(late)).toEqual(['market-trend confirmed']);
  });
});

describe('a code that is retired', () => {
  it('stays on what has it, is not suggested any more, and breaks nobody', async () => {
    const { database } = kit.platform;
    const revision = await edit({ kind: 'retire', key: 'product-feedback' });
    const preview = await previewDraft(kit.platform);
    expect(preview.merges).toMatchObject([{ from: 'product-feedback', into: null, units: 1 }]);
    await apply(revision);
    expect((await codesOf(guessed))[2]).toBe('product-feedback confirmed');
    expect(await found('code:product-feedback')).toBe(1);
    const { coder } = await loadVocabulary(database);
    expect(coder.inForce.keys.has('product-feedback')).toBe(false);
    const { version } = (await readInForce(database.prisma)) ?? { version: 0 };
    await undoVersion(kit.platform, recodeHooks, { version, actorId: ada.id });
  });
});

describe('changed cues', () => {
  it('change what nobody confirmed, exactly as shown; what a person confirmed is only shown', async () => {
    const { database } = kit.platform;
    const before = await codesOf(guessed);
    const revision = await edit(
      { kind: 'add', label: 'Zorbing', definition: 'Anything about zorbing.', parentKey: 'need' },
      { kind: 'change', key: 'zorbing', change: { cues: ['zorbing', 'zorbing machine'] } },
    );
    const preview = await previewDraft(kit.platform);
    const text = 'They talked about the zorbing machine.';
    const change = preview.recoded.find((each) => each.text === text);
    expect(change?.before).toEqual(['account-background']);
    expect(change?.after.map(({ code }) => code)).toContain('zorbing');
    expect(preview.shown.map((each) => each.text)).toContain('The zorbing machine was loud.');
    const kept = await readDraft(database.prisma);
    expect(JSON.stringify(kept?.preview)).not.toContain('zorbing machine.');
    await apply(revision);
    const after = await codesOf(guessed);
    expect(after[1]).toBe(change?.after.map(({ code }) => `${code} suggested`).join(', '));
    expect(after[2]).toBe(before[2]);
    const audit = await database.prisma.auditEntry.findMany({ where: { action: 'codebook.applied' } });
    expect(audit.at(-1)?.actorId).toBe(ada.id);
    const { version } = (await readInForce(database.prisma)) ?? { version: 0 };
    await undoVersion(kit.platform, recodeHooks, { version, actorId: ada.id });
    expect(await codesOf(guessed)).toEqual(before);
  });
});
