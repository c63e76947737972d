import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../../platform/clock.ts';
import { Conflict } from '../../../../platform/errors.ts';
import { markDoubt, removeDoubt } from '../../../../transcription/doubts/mark-doubt.ts';
import { claimJob } from '../../../../transcription/jobs/claim-job.ts';
import { draftHash } from '../../../../transcription/jobs/draft-hash.ts';
import {
  readHistory,
  readVersion,
  replay,
} from '../../../../transcription/jobs/draft-history/read-history.ts';
import {
  forgetHistory,
  rewriteHistory,
} from '../../../../transcription/jobs/draft-history/rewrite-history.ts';
import { DraftConflict, type DraftInput, saveDraft } from '../../../../transcription/jobs/save-draft.ts';
import { findSplice } from '../../../../transcription/jobs/text-splice.ts';
import { createRandom } from '../../../ivr/faults/random.ts';
import { createTestPlatform, type TestPlatform } from '../../../support/test-platform.ts';
import { buildDictation, buildTranscriptionist } from '../../support/build-dictation.ts';

const clock = createSettableClock();
let test: TestPlatform;
let june: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  june = await buildTranscriptionist(test.platform.database);
});
afterAll(() => test.close());

async function claimed() {
  const { jobId } = await buildDictation(test.platform.database, {
    now: clock.now(),
    job: { status: 'waiting', dueAt: new Date(clock.now().getTime() + 3_600_000) },
    durationSeconds: 90,
  });
  const job = await claimJob(test.platform, { userId: june, jobId });
  if (!job?.leaseToken) throw new Error('nothing to claim');
  const held = { jobId: job.id, leaseToken: job.leaseToken, userId: june, audioPositionMs: 0 };
  return {
    ...held,
    save: (input: Omit<DraftInput, 'leaseToken' | 'audioPositionMs'>) => {
      clock.advance(800);
      return saveDraft(test.platform, { ...held, ...input });
    },
    finish: () =>
      test.platform.database.prisma.job.update({
        where: { id: job.id },
        data: { status: 'finalized', leaseToken: null },
      }),
  };
}

const textsOf = async (jobId: string) =>
  [...replay(await readHistory(test.platform, jobId))].map(({ text }) => text);

/** Somebody who types, goes back, deletes, pastes. */
function randomTexts(seed: number, count: number): string[] {
  const random = createRandom(seed);
  let text = '';
  return Array.from({ length: count }, () => {
    const at = random.chance(0.7) ? text.length : random.between(0, text.length);
    const removed = random.chance(0.2) ? random.between(0, 12) : 0;
    const inserted = random.pick(['word ', 'a', 'Köhler ', '😀', '. ', '\n\n', 'the pump is late ']);
    text = text.slice(0, at) + inserted + text.slice(at + removed);
    return text.replace(/\p{Surrogate}/gu, '');
  });
}

describe('the history of a draft', () => {
  it('has each save, also when they are many, and replays to each text exactly', {
    timeout: 60_000,
  }, async () => {
    const job = await claimed();
    const typed = randomTexts(1, 300);
    for (const [revision, text] of typed.entries())
      await job.save({
        revision,
        text,
        anchors: [[0, revision]],
        windowKey: revision < 250 ? 'aaaa' : 'bbbb',
      });
    expect(await textsOf(job.jobId)).toEqual(typed);
    const { prisma } = test.platform.database;
    expect(await prisma.draftPack.count({ where: { jobId: job.jobId } })).toBe(1);
    expect(await prisma.draftChange.count({ where: { jobId: job.jobId } })).toBe(45);
    expect(await readVersion(test.platform, job.jobId, 200)).toMatchObject({
      text: typed[199],
      anchors: [[0, 199]],
      userId: june,
      windowKey: 'aaaa',
    });
  });

  it('goes on from a text that no save made', async () => {
    const job = await claimed();
    await test.platform.database.prisma.draft.create({
      data: { jobId: job.jobId, text: 'as it was said', revision: 1 },
    });
    await job.save({ revision: 1, text: 'as he said it' });
    expect(await textsOf(job.jobId)).toEqual(['as it was said', 'as he said it']);
  });

  it('brings anchors and doubts back with a text', async () => {
    const job = await claimed();
    const mark = randomUUID();
    await job.save({ revision: 0, text: 'fifty of them', anchors: [[0, 900]] });
    await markDoubt(test.platform, {
      ...job,
      id: mark,
      kind: 'unsure_word',
      note: 'fifteen?',
      start: 0,
      end: 5,
      audioMs: 800,
      audioEndMs: 1_400,
    });
    await job.save({
      revision: 1,
      text: 'about fifty of them',
      anchors: [[6, 900]],
      marks: [{ id: mark, start: 6, end: 11 }],
    });
    await removeDoubt(test.platform, { ...job, doubtId: mark });
    await job.save({ revision: 2, text: 'about sixty of them', anchors: [[6, 900]] });
    const kept = { id: mark, kind: 'unsure_word', note: 'fifteen?', audioMs: 800, audioEndMs: 1_400 };
    expect(await readVersion(test.platform, job.jobId, 1)).toMatchObject({
      anchors: [[0, 900]],
      marks: [{ ...kept, start: 0, end: 5 }],
    });
    // The mark was taken away before the next save: it belongs to the version that stood then no more.
    expect(await readVersion(test.platform, job.jobId, 2)).toMatchObject({ anchors: [[6, 900]], marks: [] });
    expect(await readVersion(test.platform, job.jobId, 3)).toMatchObject({
      text: 'about sixty of them',
      marks: [],
    });
  });
});

describe('a save of what was changed only', () => {
  const changed = (before: string, after: string, hash = draftHash(after, [])) => {
    const splice = findSplice(before, after) ?? { start: 0, removed: 0, inserted: '' };
    return { change: { ...splice, anchors: [0, 0, []] as [number, number, []], hash } };
  };

  it('is applied to the revision that it names, once', async () => {
    const job = await claimed();
    await job.save({ revision: 0, text: 'One. Three.' });
    const change = changed('One. Three.', 'One. Two. Three.');
    expect(await job.save({ revision: 1, ...change })).toMatchObject({ revision: 2 });
    expect(await job.save({ revision: 1, ...change })).toMatchObject({ revision: 2 });
    expect(await textsOf(job.jobId)).toEqual(['One. Three.', 'One. Two. Three.']);
  });

  it('changes nothing when something else comes out than was typed, or on another revision', async () => {
    const job = await claimed();
    await job.save({ revision: 0, text: 'One. Three.' });
    await expect(
      job.save({ revision: 1, ...changed('One. Three.', 'One.', draftHash('Two.', [])) }),
    ).rejects.toThrow(DraftConflict);
    await expect(job.save({ revision: 0, ...changed('', 'Zero.') })).rejects.toThrow(DraftConflict);
    expect(await textsOf(job.jobId)).toEqual(['One. Three.']);
  });
});

describe('writing history anew', () => {
  const hide = (text: string) => text.replaceAll('Rosa Delgado', '[name]');

  it('leaves nothing of what was taken out in any version, nor the beginnings of it', async () => {
    const job = await claimed();
    const name = 'We met Rosa Delgato';
    const typed = [...name].map((_, at) => name.slice(0, at + 1));
    typed.push('We met Rosa Delgado', 'We met Rosa Delgado at noon.', 'Then we met Rosa Delgado at noon.');
    for (const [revision, text] of typed.entries()) await job.save({ revision, text, anchors: [[0, 5]] });
    await job.finish();
    const { prisma, pool } = test.platform.database;
    await prisma.$transaction((tx) => rewriteHistory(tx, job.jobId, hide));
    const texts = await textsOf(job.jobId);
    expect(texts).toHaveLength(typed.length);
    expect(texts.at(-1)).toBe('Then we met [name] at noon.');
    expect(texts.filter((text) => /Ro|Del/.test(text))).toEqual([]);
    expect(texts.slice(0, 7)).toEqual(typed.slice(0, 7));
    const { rows } = await pool.query<{ text: string }>('select text from draft where job_id = $1', [
      job.jobId,
    ]);
    expect(rows[0]?.text).toBe('Then we met [name] at noon.');
    await prisma.$transaction((tx) => rewriteHistory(tx, job.jobId, hide));
    expect(await textsOf(job.jobId)).toEqual(texts);
  });

  it('changes nothing else, however long the history', async () => {
    const job = await claimed();
    const typed = randomTexts(2, 280).map((text) => text.replaceAll('the', 'Rosa Delgado'));
    for (const [revision, text] of typed.entries())
      await job.save({ revision, text, anchors: [[0, revision]] });
    await job.finish();
    await test.platform.database.prisma.$transaction((tx) => rewriteHistory(tx, job.jobId, (text) => text), {
      timeout: 30_000,
    });
    expect(await textsOf(job.jobId)).toEqual(typed);
    await test.platform.database.prisma.$transaction((tx) => rewriteHistory(tx, job.jobId, hide), {
      timeout: 30_000,
    });
    const texts = await textsOf(job.jobId);
    expect(texts.at(-1)).toBe(hide(typed.at(-1) ?? ''));
    expect(texts.filter((text) => text.includes('Delgado'))).toEqual([]);
    expect(await readVersion(test.platform, job.jobId, 270)).toMatchObject({ anchors: [[0, 269]] });
  });

  it('is refused while somebody types, whose window would bring it back', async () => {
    const job = await claimed();
    await job.save({ revision: 0, text: 'Rosa Delgado' });
    const { prisma } = test.platform.database;
    await expect(prisma.$transaction((tx) => rewriteHistory(tx, job.jobId, hide))).rejects.toThrow(Conflict);
  });

  it('or forgetting it leaves no word', async () => {
    const job = await claimed();
    await job.save({ revision: 0, text: 'Rosa Delgado' });
    const { prisma } = test.platform.database;
    await prisma.$transaction((tx) => forgetHistory(tx, job.jobId));
    expect(await textsOf(job.jobId)).toEqual([]);
    expect(await prisma.draft.count({ where: { jobId: job.jobId } })).toBe(0);
  });
});
