import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFinalizeHooks } from '../../../app/finalize-hooks.ts';
import { createSettableClock } from '../../../platform/clock.ts';
import { measureAgreement } from '../../../transcription/coding/agreement/measure-agreement.ts';
import { claimCoding, countWaiting } from '../../../transcription/coding/double/claim-coding.ts';
import { readCoding } from '../../../transcription/coding/double/read-coding.ts';
import { readTwiceCoded } from '../../../transcription/coding/double/read-codings.ts';
import { readDisputes } from '../../../transcription/coding/double/read-disputes.ts';
import { finishCoding, leaveCoding, saveCoding } from '../../../transcription/coding/double/save-coding.ts';
import { settleDispute } from '../../../transcription/coding/double/settle-dispute.ts';
import { isChosen, readShare, setShare } from '../../../transcription/coding/double/share.ts';
import { buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildChosen, choose, codeNext } from './code-twice.ts';

const clock = createSettableClock();
let kit: TestPlatform;
let tess: { id: string };
let theo: { id: string };
let sue: { id: string };

const UNITS = [
  { text: 'They need two more.', codes: ['need'] },
  { text: 'The price is too high.', codes: ['pricing', 'objection-risk'] },
  { text: 'I call back on Friday.', codes: ['next-step'] },
];

beforeAll(async () => {
  kit = await createTestPlatform({ clock });
  const { database } = kit.platform;
  const staff = (name: string) => buildUser(database, { name, roles: ['transcriptionist'] });
  [tess, theo, sue] = await Promise.all([staff('Tess'), staff('Theo'), staff('Sue')]);
  await database.prisma.codebook.create({
    data: {
      version: 1,
      codes: {
        create: ['need', 'pricing', 'objection-risk', 'next-step', 'opportunity'].map((key) => ({
          key,
          label: key,
          definition: key,
        })),
      },
    },
  });
});
afterAll(() => kit.close());

const rows = () => kit.platform.database.prisma.secondCoding.count();
async function noneWaiting(): Promise<void> {
  await kit.platform.database.prisma.secondCoding.deleteMany({ where: { finishedAt: null } });
}

describe('the sample', () => {
  it('is drawn by a keyed hash: the same report again, close to its share, growing with it', () => {
    const ids = Array.from({ length: 4000 }, (_, at) => `report-${at}`);
    const chosen = (secret: string, share: number) => ids.filter((id) => isChosen(secret, id, share));
    const some = chosen('a', 0.1);
    expect(some.length).toBeGreaterThan(330);
    expect(some.length).toBeLessThan(470);
    expect(chosen('a', 0.1)).toEqual(some);
    const more = new Set(chosen('a', 0.3));
    expect(some.every((id) => more.has(id))).toBe(true);
    expect(chosen('b', 0.1)).not.toEqual(some);
    expect(chosen('a', 0)).toEqual([]);
    expect(chosen('a', 1)).toHaveLength(4000);
  });

  it('takes a report once, with its first coding as it stands, and none that nobody coded', async () => {
    const { database } = kit.platform;
    expect(await readShare(database.prisma)).toBe(0.05);
    await expect(setShare(database, { share: 1.5, actorId: tess.id })).rejects.toThrow(/out of range/);
    const chosen = await buildChosen(kit.platform, { coderId: tess.id, units: UNITS });
    await choose(kit.platform, chosen.reportId);
    const row = await database.prisma.secondCoding.findUniqueOrThrow({
      where: { reportId: chosen.reportId },
    });
    expect(row.firstCoderId).toBe(tess.id);
    expect(row.firstUnits).toEqual([
      { start: 0, end: 19, codes: ['need'] },
      { start: 20, end: 42, codes: ['pricing', 'objection-risk'] },
      { start: 43, end: 65, codes: ['next-step'] },
    ]);
    const before = await rows();
    const guessed = await buildReport(database, {
      units: [{ text: 'Hello.', codes: [{ code: 'admin', certainty: 'suggested' }] }],
    });
    await choose(kit.platform, guessed.reportId);
    expect(await rows()).toBe(before);
    await noneWaiting();
  });
});

describe('the second coder', () => {
  it('is never who coded, typed, dictated or must not take it, and gets nothing of the first coding', async () => {
    const { database } = kit.platform;
    const built = await buildChosen(kit.platform, { coderId: tess.id, units: UNITS });
    expect(await claimCoding(kit.platform, { userId: tess.id })).toBeNull();
    expect(await claimCoding(kit.platform, { userId: built.speakerId ?? '' })).toBeNull();
    const job = await database.prisma.job.create({
      data: { dictationId: built.dictationId, dueAt: clock.now(), requirements: ['language:es'] },
    });
    expect(await claimCoding(kit.platform, { userId: sue.id })).toBeNull();
    await database.prisma.job.update({ where: { id: job.id }, data: { requirements: ['language:en'] } });
    await database.prisma.jobEvent.create({ data: { jobId: job.id, kind: 'released', userId: sue.id } });
    expect(await claimCoding(kit.platform, { userId: sue.id })).toBeNull();
    await database.prisma.typingConflict.create({
      data: { userId: theo.id, speakerId: built.speakerId, reason: 'family' },
    });
    expect(await countWaiting(kit.platform, theo.id)).toEqual({ waiting: 0, begun: 0 });
    await database.prisma.typingConflict.deleteMany();
    const claim = await claimCoding(kit.platform, { userId: theo.id });
    const work = await readCoding(kit.platform, { codingId: claim?.codingId ?? '', userId: theo.id });
    expect(work.text).toBe(UNITS.map(({ text }) => text).join(' '));
    expect(work).toMatchObject({ units: [], revision: 0, durationMs: null });
    expect(JSON.stringify(work)).not.toContain('pricing');
    await expect(
      readCoding(kit.platform, { codingId: claim?.codingId ?? '', userId: sue.id }),
    ).rejects.toThrow(/No second coding/);
    await noneWaiting();
  });

  it('never shares one with somebody else, at once or after it was left', async () => {
    await buildChosen(kit.platform, { coderId: tess.id, units: UNITS });
    const both = await Promise.all([theo, sue].map(({ id }) => claimCoding(kit.platform, { userId: id })));
    expect(both.filter(Boolean)).toHaveLength(1);
    const [holder, other] = both[0] ? [theo, sue] : [sue, theo];
    const claim = both[0] ?? both[1];
    if (!claim) throw new Error('nobody got it');
    const units = [{ start: 0, end: 65, codes: ['need'] }];
    await saveCoding(kit.platform, { ...claim, userId: holder.id, revision: 0, units });
    clock.advance(13 * 3600_000);
    const taken = await claimCoding(kit.platform, { userId: other.id });
    expect(taken?.codingId).toBe(claim.codingId);
    const work = await readCoding(kit.platform, { codingId: claim.codingId, userId: other.id });
    expect(work).toMatchObject({ units: [], revision: 1 });
    await expect(
      saveCoding(kit.platform, { ...claim, userId: holder.id, revision: 1, units }),
    ).rejects.toMatchObject({ code: 'lease_lost' });
    await leaveCoding(kit.platform, { ...claim, claimToken: taken?.claimToken ?? '', userId: other.id });
    expect(await countWaiting(kit.platform, holder.id)).toEqual({ waiting: 1, begun: 0 });
    await noneWaiting();
  });

  it('loses nothing by sending twice, by two windows or by being killed, and ends once', async () => {
    const { database } = kit.platform;
    const built = await buildChosen(kit.platform, { coderId: tess.id, units: UNITS });
    const first = await claimCoding(kit.platform, { userId: theo.id });
    if (!first) throw new Error('nothing to code');
    const me = { codingId: first.codingId, userId: theo.id };
    const whole = [{ start: 0, end: 65, codes: [] }];
    const cut = [
      { start: 0, end: 19, codes: ['need'] },
      { start: 20, end: 65, codes: [] },
    ];
    const save = { ...first, ...me, revision: 0, units: whole };
    expect(await saveCoding(kit.platform, save)).toEqual({ revision: 1 });
    expect(await saveCoding(kit.platform, save)).toEqual({ revision: 1 });
    await expect(saveCoding(kit.platform, { ...save, units: cut })).rejects.toMatchObject({
      code: 'conflict',
    });
    // The browser was killed: opened again it goes on from the last save, and the old window is shut out.
    const again = await claimCoding(kit.platform, { userId: theo.id });
    expect(again?.codingId).toBe(first.codingId);
    await expect(saveCoding(kit.platform, { ...save, revision: 1, units: cut })).rejects.toMatchObject({
      code: 'lease_lost',
    });
    const work = await readCoding(kit.platform, me);
    expect(work).toMatchObject({ revision: 1, units: whole });
    const now = { ...me, claimToken: work.claimToken };
    await expect(
      saveCoding(kit.platform, { ...now, revision: 1, units: [{ start: 0, end: 30, codes: [] }] }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    const last = { ...now, revision: 1, units: cut };
    expect(await finishCoding(kit.platform, last)).toEqual({ revision: 2 });
    expect(await finishCoding(kit.platform, last)).toEqual({ revision: 2 });
    await expect(saveCoding(kit.platform, { ...last, revision: 2 })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await database.prisma.secondCodingVersion.count({ where: { codingId: me.codingId } })).toBe(2);
    const codes = await database.prisma.unitCode.findMany({ where: { unit: { reportId: built.reportId } } });
    expect(codes).toHaveLength(4);
    expect(await claimCoding(kit.platform, { userId: theo.id })).toBeNull();
  });
});

describe('what they disagree about', () => {
  it('is found, and settled through a correction that leaves both codings as they are', async () => {
    const { database } = kit.platform;
    const built = await buildChosen(kit.platform, { coderId: tess.id, units: UNITS });
    const codingId = await codeNext(kit.platform, {
      userId: theo.id,
      units: [
        { text: 'They need two more.', codes: ['opportunity'] },
        { text: 'The price is too high.', codes: ['pricing'] },
        { text: 'I call back on Friday.', codes: ['next-step'] },
      ],
    });
    const read = async () => {
      const { codings } = await readTwiceCoded(kit.platform, { codingId });
      return { codings, disputes: await readDisputes(kit.platform, codings, null) };
    };
    const before = await read();
    expect(
      before.disputes.map(({ text, first, second }) => [text, first.name, first.codes, second.codes]),
    ).toEqual([
      ['They need two more.', 'Tess', ['need'], ['opportunity']],
      ['The price is too high.', 'Tess', ['pricing', 'objection-risk'], ['pricing']],
    ]);
    expect(await readDisputes(kit.platform, before.codings, 'opportunity')).toHaveLength(1);

    const hooks = createFinalizeHooks(kit.platform);
    const settle = (start: number, codes: string[]) =>
      settleDispute(kit.platform, hooks, { codingId, start, codes, note: '', userId: sue.id });
    await expect(settle(0, ['nothing-like-it'])).rejects.toMatchObject({ code: 'invalid_input' });
    // Twice at once, and two units of the same report at once.
    const done = await Promise.all([
      settle(0, ['opportunity', 'need']),
      settle(0, ['opportunity', 'need']),
      settle(20, ['pricing']),
    ]);
    expect(done.filter(({ isNew }) => isNew)).toHaveLength(2);
    const units = await database.prisma.thoughtUnit.findMany({
      where: { reportId: built.reportId, retired: false },
      orderBy: { number: 'asc' },
      include: { codes: { orderBy: { rank: 'asc' } } },
    });
    expect(units.map(({ codes }) => codes.map(({ codeKey }) => codeKey))).toEqual([
      ['opportunity', 'need'],
      ['pricing'],
      ['next-step'],
    ]);
    expect(units[0]?.codes[0]).toMatchObject({ certainty: 'confirmed', confirmedById: sue.id });
    const corrections = await database.prisma.outboxEntry.count({
      where: { reportId: built.reportId, kind: 'corrected' },
    });
    expect(corrections).toBe(2);
    const after = await read();
    expect(after.disputes.map(({ settled }) => settled?.inReport)).toEqual([true, true]);
    expect(measureAgreement(after.codings.map(({ comparison }) => comparison)).mainCode).toEqual(
      measureAgreement(before.codings.map(({ comparison }) => comparison)).mainCode,
    );
  });

  it('is no dispute any more when the two codes became one', async () => {
    const { database } = kit.platform;
    await buildChosen(kit.platform, {
      coderId: tess.id,
      units: [{ text: 'They want it.', codes: ['need'] }],
    });
    const codingId = await codeNext(kit.platform, {
      userId: theo.id,
      units: [{ text: 'They want it.', codes: ['opportunity'] }],
    });
    const disputes = async () => {
      const { codings } = await readTwiceCoded(kit.platform, { codingId });
      return (await readDisputes(kit.platform, codings, null)).length;
    };
    expect(await disputes()).toBe(1);
    const merges = [{ from: 'opportunity', into: 'need' }];
    await database.prisma.codebook.create({ data: { version: 2, merges } });
    expect(await disputes()).toBe(0);
    await database.prisma.codebook.delete({ where: { version: 2 } });
  });

  it('leaves out a text that was redacted since', async () => {
    const { database } = kit.platform;
    const { codings } = await readTwiceCoded(kit.platform);
    const one = codings.at(-1);
    if (!one) throw new Error('nothing was coded twice');
    const coding = await database.prisma.secondCoding.findUniqueOrThrow({ where: { id: one.codingId } });
    await database.prisma.transcript.update({
      where: { id: coding.transcriptId },
      data: { text: 'They need [redacted].' },
    });
    const after = await readTwiceCoded(kit.platform);
    expect(after.codings.map(({ codingId }) => codingId)).not.toContain(one.codingId);
    expect(after.redacted).toBe(1);
  });
});
