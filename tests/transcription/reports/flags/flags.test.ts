import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../../platform/clock.ts';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../../../platform/errors.ts';
import type { Role } from '../../../../prisma/generated/client/client.ts';
import { type Flag, flagReport } from '../../../../transcription/reports/flags/flag-report.ts';
import { countFlags, listFlags, noteTold } from '../../../../transcription/reports/flags/list-flags.ts';
import { handOverFlag, settleFlag } from '../../../../transcription/reports/flags/settle-flag.ts';
import { buildReport, buildUser } from '../../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../../support/test-platform.ts';

const clock = createSettableClock(new Date('2026-03-03T09:00:00Z'));
let test: TestPlatform;
let june: Person;
let dale: Person;
let ada: Person;
let sam: Person;

interface Person {
  id: string;
  name: string;
  roles: Role[];
}

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  const person = async (name: string, ...roles: Role[]) => ({
    ...(await buildUser(test.platform.database, { name, roles })),
    roles,
  });
  june = await person('June Typist', 'transcriptionist');
  dale = await person('Dale Hutchins', 'rep');
  ada = await person('Ada Min', 'administrator');
  sam = await person('Sam Vis', 'supervisor');
});
afterAll(() => test.close());

const prisma = () => test.platform.database.prisma;

async function finished(finalizedById: string | null = june.id) {
  const built = await buildReport(test.platform.database, {
    speakerId: dale.id,
    units: ['They want two.', 'I will call.'],
    fields: [{ field: 'amount', value: { value: 2, of: 'price' }, display: '$2 (price)', unit: 1 }],
    nextSteps: [{ text: 'I will call.', unit: 2 }],
  });
  await prisma().report.update({ where: { id: built.reportId }, data: { finalizedById } });
  return built;
}

const flag = (reportId: string, about: Flag['about'] = {}, note = '') =>
  flagReport(test.platform, { reportId, about, note, flaggedById: dale.id });
const read = (id: string) => prisma().reportFlag.findUniqueOrThrow({ where: { id } });

describe('what is marked as wrong', () => {
  it('is a task of whoever wrote it down, about that very thing, once', async () => {
    const { reportId, units } = await finished();
    const value = await prisma().fieldValue.findFirstOrThrow({ where: { reportId } });
    const [one, two] = await Promise.all([
      flag(reportId, { valueId: value.id }, 'four dollars'),
      flag(reportId, { valueId: value.id }, 'four dollars'),
    ]);
    expect(one?.flagId).toBe(two?.flagId);
    expect([one?.created, two?.created].toSorted()).toEqual([false, true]);
    expect(await read(one?.flagId ?? '')).toMatchObject({
      subject: 'Amount: $2 (price)',
      note: 'four dollars',
      source: 'screen',
      fieldValueId: value.id,
      unitId: units[0]?.id,
      ownerId: june.id,
    });
    const step = await prisma().nextStep.findFirstOrThrow({ where: { reportId } });
    expect(await read((await flag(reportId, { stepId: step.id })).flagId)).toMatchObject({
      subject: 'Next step: I will call.',
      unitId: units[1]?.id,
    });
    expect(await read((await flag(reportId, { unit: 2 })).flagId)).toMatchObject({ subject: 'Unit 2' });
  });

  it('stays when the value goes', async () => {
    const { reportId } = await finished();
    const value = await prisma().fieldValue.findFirstOrThrow({ where: { reportId } });
    const { flagId } = await flag(reportId, { valueId: value.id });
    await prisma().fieldValue.delete({ where: { id: value.id } });
    expect(await read(flagId)).toMatchObject({ subject: 'Amount: $2 (price)', fieldValueId: null });
  });

  it('what a CRM got wrong is an administrator’s, and what nobody here wrote down a supervisor’s', async () => {
    const { reportId } = await finished();
    const connector = await prisma().connector.create({
      data: { kind: 'builtin', name: `CRM ${randomUUID()}` },
    });
    const entry = await prisma().syncEntry.create({
      data: {
        connectorId: connector.id,
        reportId,
        idempotencyKey: randomUUID(),
        objectType: 'account',
        externalKey: 'a1',
        targetField: 'annual_volume',
        policy: 'overwrite_ours',
        desired: {},
      },
    });
    expect(await read((await flag(reportId, { syncEntryId: entry.id })).flagId)).toMatchObject({
      ownerId: ada.id,
      subject: `In ${connector.name}: Annual volume`,
    });
    const lone = await finished(null);
    expect(await read((await flag(lone.reportId)).flagId)).toMatchObject({
      ownerId: sam.id,
      subject: 'The whole report',
    });
    await prisma().user.update({ where: { id: june.id }, data: { active: false } });
    expect((await read((await flag(reportId, {}, 'all of it')).flagId)).ownerId).toBe(sam.id);
    await prisma().user.update({ where: { id: june.id }, data: { active: true } });
  });

  it('of another report is not in this one', async () => {
    const [one, other] = [await finished(), await finished()];
    const value = await prisma().fieldValue.findFirstOrThrow({ where: { reportId: other.reportId } });
    await expect(flag(one.reportId, { valueId: value.id })).rejects.toThrow(InvalidInput);
    await expect(flag(one.reportId, { unit: 9 })).rejects.toThrow(InvalidInput);
    await expect(flag(randomUUID())).rejects.toThrow(NotFound);
  });
});

describe('settling', () => {
  it('says what was done, once, and by whom; nobody is told what they did themselves', async () => {
    const { reportId } = await finished();
    const { flagId } = await flag(reportId);
    await settleFlag(test.platform, { flagId, user: june, settlement: 'It was four.' });
    await settleFlag(test.platform, { flagId, user: ada, settlement: 'Again.' });
    expect(await read(flagId)).toMatchObject({
      settledAt: clock.now(),
      settledById: june.id,
      settlement: 'It was four.',
      toldAt: null,
    });
    expect(await prisma().auditEntry.count({ where: { subjectId: reportId, action: 'flag.settled' } })).toBe(
      1,
    );
    await noteTold(test.platform.database, { flagIds: [flagId], userId: june.id, now: clock.now() });
    expect((await read(flagId)).toldAt).toBeNull();
    await noteTold(test.platform.database, { flagIds: [flagId], userId: dale.id, now: clock.now() });
    expect((await read(flagId)).toldAt).toEqual(clock.now());

    const own = await flag(reportId, { unit: 1 });
    await settleFlag(test.platform, { flagId: own.flagId, user: dale, settlement: '' });
    expect((await read(own.flagId)).toldAt).toEqual(clock.now());
  });

  it('is for whoever it is with, made it or leads; it is handed to people who can', async () => {
    const { reportId } = await finished();
    const { flagId } = await flag(reportId);
    const stranger: Person = { ...(await buildUser(test.platform.database)), roles: ['transcriptionist'] };
    await expect(settleFlag(test.platform, { flagId, user: stranger, settlement: '' })).rejects.toThrow(
      Forbidden,
    );
    await expect(
      handOverFlag(test.platform, { flagId, user: stranger, ownerId: stranger.id }),
    ).rejects.toThrow(Forbidden);
    await expect(handOverFlag(test.platform, { flagId, user: sam, ownerId: dale.id })).rejects.toThrow(
      InvalidInput,
    );
    await handOverFlag(test.platform, { flagId, user: june, ownerId: ada.id });
    expect((await read(flagId)).ownerId).toBe(ada.id);
    await settleFlag(test.platform, { flagId, user: ada, settlement: '' });
    await expect(handOverFlag(test.platform, { flagId, user: sam, ownerId: sam.id })).rejects.toThrow(
      Conflict,
    );
  });
});

it('lists what somebody may see, what has waited longest first, page by page', async () => {
  await prisma().reportFlag.deleteMany();
  const { reportId } = await finished();
  const ids: string[] = [];
  for (const unit of [1, 2]) {
    clock.set(new Date(clock.now().getTime() + 60_000));
    ids.push((await flag(reportId, { unit })).flagId);
  }
  const list = async (user: Person, whose: 'mine' | 'made' | 'all') =>
    (await listFlags(test.platform.database, user, { whose, settled: false, limit: 10 })).map(({ id }) => id);
  expect(await list(june, 'mine')).toEqual(ids);
  expect(await list(dale, 'made')).toEqual(ids);
  expect(await list(ada, 'mine')).toEqual([]);
  expect(await list(ada, 'all')).toEqual(ids);
  const stranger: Person = { ...(await buildUser(test.platform.database)), roles: ['rep'] };
  expect(await list(stranger, 'all')).toEqual([]);
  expect(await countFlags(test.platform.database, june)).toEqual({ mine: 2, made: 0, all: 2 });
  const [first] = await listFlags(test.platform.database, ada, { whose: 'all', settled: false, limit: 1 });
  const rest = await listFlags(test.platform.database, ada, {
    whose: 'all',
    settled: false,
    limit: 1,
    after: first ?? null,
  });
  expect(rest.map(({ id }) => id)).toEqual(ids.slice(1));
});
