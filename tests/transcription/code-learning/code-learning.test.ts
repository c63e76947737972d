import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModelInForce } from '../../../transcription/code-learning/code-model-store.ts';
import { scrubCodeModels, tendCodeModels } from '../../../transcription/code-learning/forget-words.ts';
import { learnFromConfirmed } from '../../../transcription/code-learning/learn-from-confirmed.ts';
import { putInForce, setAutomatic } from '../../../transcription/code-learning/put-in-force.ts';
import { countConfirmed, readConfirmed } from '../../../transcription/code-learning/read-confirmed.ts';
import { analyze } from '../../../transcription/thought-units/analyze.ts';
import { loadVocabulary } from '../../../transcription/vocabulary/load-vocabulary.ts';
import { buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildCodebook, buildConfirmed, OWN_CODE, unitsOf } from './support.ts';

let kit: TestPlatform;
let ada: { id: string };

beforeAll(async () => {
  kit = await createTestPlatform();
  ada = await buildUser(kit.platform.database, { name: 'Ada', roles: ['administrator'] });
  await buildCodebook(kit.platform.database);
});
afterAll(() => kit.close());

const learn = (more: { signal?: AbortSignal; asked?: boolean } = {}) =>
  learnFromConfirmed(kit.platform, { asked: true, actorId: ada.id, ...more });
const inForce = async () => (await readModelInForce(kit.platform.database.prisma)).version;
async function mainCodeOf(text: string): Promise<string | undefined> {
  const { lexicon, coder } = await loadVocabulary(kit.platform.database);
  const said = `This is a report. ${text} I will call him.`;
  const { units } = analyze(
    { transcript: said, callDate: '2026-03-02', rep: null, vocabulary: lexicon },
    coder,
  );
  return units.find((unit) => unit.text === text)?.codes[0]?.code;
}
const SAID = 'The tether crew came early.';

describe('learning from what people confirm', () => {
  it('waits for enough, of which what nobody looked at is nothing', async () => {
    const { database } = kit.platform;
    const units = unitsOf(0).map(({ text, codes = [] }) => ({
      text,
      codes: codes.map((code) => ({ code: String(code), certainty: 'suggested' as const })),
    }));
    await buildReport(database, { units });
    expect(await countConfirmed(database)).toBe(0);
    expect(await readConfirmed(database)).toEqual([]);
    expect(await learn()).toEqual({ outcome: 'too_few' });
    await buildConfirmed(database);
    expect(await countConfirmed(database)).toBeGreaterThanOrEqual(200);
    // Another line's purpose makes it a survey's: nothing of it is read.
    const survey = await database.prisma.line.create({
      data: { number: '+15550009999', purpose: 'survey', name: 'Ears' },
    });
    const { dictationId } = await buildReport(database, { units: unitsOf(1) });
    const before = await countConfirmed(database);
    await database.prisma.dictation.update({ where: { id: dictationId }, data: { lineId: survey.id } });
    expect(await countConfirmed(database)).toBe(before - 5);
  });

  it('given up in the middle leaves nothing; at once by two it is one version, which is in force', async () => {
    const { prisma } = kit.platform.database;
    expect(await mainCodeOf(SAID)).not.toBe(OWN_CODE);
    expect(await learn({ signal: AbortSignal.abort() })).toEqual({ outcome: 'given_up' });
    expect(await prisma.codeModel.count()).toBe(0);
    const both = await Promise.all([learn(), learn()]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['learned', 'nothing_new']);
    expect(both).toContainEqual({ outcome: 'learned', version: 1, state: 'in_force', verdict: 'better' });
    expect(await inForce()).toBe(1);
    expect(await mainCodeOf(SAID)).toBe(OWN_CODE);
    expect(await learn()).toEqual({ outcome: 'nothing_new' });
    expect(await learn({ asked: false })).toEqual({ outcome: 'not_due' });
    const row = await prisma.codeModel.findUniqueOrThrow({ where: { version: 1 } });
    expect(row.learnedFrom).toMatchObject({ speakers: 3, byCode: { [OWN_CODE]: expect.any(Number) } });
    expect(row.measures).toMatchObject({
      learned: { main: expect.any(Number) },
      inForce: { main: expect.any(Number) },
    });
    expect(row.inForceSince).not.toBeNull();
  });

  it('a way back holds: the next better one waits for a person', async () => {
    const { database } = kit.platform;
    await putInForce(kit.platform, { version: 0, actorId: ada.id });
    await putInForce(kit.platform, { version: 0, actorId: ada.id });
    expect(await inForce()).toBe(0);
    expect(await mainCodeOf(SAID)).not.toBe(OWN_CODE);
    expect(await database.prisma.auditEntry.count({ where: { action: 'code_model.put_in_force' } })).toBe(1);
    await buildReport(database, { units: unitsOf(3) });
    expect(await learn()).toEqual({ outcome: 'learned', version: 2, state: 'candidate', verdict: 'better' });
    expect(await inForce()).toBe(0);
    await expect(putInForce(kit.platform, { version: 7, actorId: ada.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    await putInForce(kit.platform, { version: 1, actorId: ada.id });
    await setAutomatic(kit.platform, { automatic: true, actorId: ada.id });
    expect(await mainCodeOf(SAID)).toBe(OWN_CODE);
    // No better than the one in force now: refused, and none of its words are kept.
    await buildReport(database, { units: unitsOf(2) });
    expect(await learn()).toMatchObject({ outcome: 'learned', version: 3, state: 'refused' });
    const refused = await database.prisma.codeModel.findUniqueOrThrow({ where: { version: 3 } });
    expect(refused.weights).toBeNull();
    await expect(putInForce(kit.platform, { version: 3, actorId: ada.id })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await inForce()).toBe(1);
  });

  it('forgets words that are redacted at once, and words whose texts are gone the next time it tends', async () => {
    const { database } = kit.platform;
    const words = async () => {
      const rows = await database.prisma.codeModel.findMany({ where: { state: { not: 'refused' } } });
      return JSON.stringify(rows.map(({ weights }) => weights));
    };
    expect(await words()).toContain('w:tether');
    expect(await words()).toContain('w:gondola');
    await database.prisma.$transaction((tx) =>
      scrubCodeModels(tx, { reportId: '', phrases: [{ words: 'tied Tether', label: 'name' }] }),
    );
    expect(await words()).not.toContain('tether');
    expect(await words()).toContain('w:gondola');
    // Words of the shipped model are nobody's.
    expect(await words()).toContain('w:tied"');
    expect(await mainCodeOf(SAID)).toBeDefined();

    await tendCodeModels(kit.platform);
    expect(await words()).toContain('w:gondola');
    await database.prisma.dictation.updateMany({ data: { textDestroyedAt: new Date() } });
    expect(await tendCodeModels(kit.platform)).toBe(2);
    expect(await words()).not.toContain('gondola');
    expect(await tendCodeModels(kit.platform)).toBe(0);
  });
});
