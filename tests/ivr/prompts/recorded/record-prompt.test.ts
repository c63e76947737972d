import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audioKeyOf } from '../../../../ivr/prompts/recorded/audio-key.ts';
import { listPrompts } from '../../../../ivr/prompts/recorded/list-prompts.ts';
import { createPromptBook, type PromptBook } from '../../../../ivr/prompts/recorded/prompt-book.ts';
import { sweepPromptAudio } from '../../../../ivr/prompts/recorded/sweep-prompt-audio.ts';
import { recordPrompt, removeRecordedPrompt } from '../../../../ivr/prompts/recorded/write-prompt-audio.ts';
import { createSettableClock } from '../../../../platform/clock.ts';
import { NotFound } from '../../../../platform/errors.ts';
import { writeWav } from '../../../../transcription/audio/write-wav.ts';
import { createTestPlatform, type TestPlatform } from '../../../support/test-platform.ts';
import { until } from '../../../support/until.ts';
import { streamOf, tone } from './sounds.ts';

let kit: TestPlatform;
const clock = createSettableClock(new Date());
beforeAll(async () => {
  kit = await createTestPlatform({ clock });
});
afterAll(() => kit.close());
beforeEach(async () => {
  await kit.platform.database.prisma.promptAudio.deleteMany();
});

const GOODBYE = { language: 'en-US', promptId: 'goodbye', piece: 0 };
const actorId = null;
const file = (seconds = 1) => streamOf(writeWav(8000, tone(seconds)));
const record = (words = GOODBYE, seconds = 1) =>
  recordPrompt(kit.platform, { ...words, source: file(seconds), actorId });
const rows = () => kit.platform.database.prisma.promptAudio.findMany();
const isStored = async (id: string) => (await kit.platform.objects.head(audioKeyOf(id))) !== undefined;

test('a recording is stored whole, with what it says and who put it there', async () => {
  const { id, durationSeconds } = await record();
  expect(durationSeconds).toBe(1);
  expect(await rows()).toMatchObject([
    { id, ...GOODBYE, text: 'Goodbye.', contentType: 'audio/wav', bytes: 16_044, durationSeconds: 1 },
  ]);
  expect(await kit.platform.objects.head(audioKeyOf(id))).toMatchObject({ bytes: 16_044 });
  const [entry] = await kit.platform.database.prisma.auditEntry.findMany({ where: { subjectId: id } });
  expect(entry).toMatchObject({
    action: 'prompt_audio.added',
    detail: { language: 'en-US', prompt: 'goodbye', piece: 1 },
  });
});

test('another one takes its place; of many at once one stays', async () => {
  await record();
  await Promise.allSettled([record(GOODBYE, 2), record(GOODBYE, 3), record(GOODBYE, 4)]);
  const [row, ...more] = await rows();
  expect(more).toEqual([]);
  expect([2, 3, 4]).toContain(row?.durationSeconds);
  expect(await isStored(row?.id ?? '')).toBe(true);
});

test.each([
  ['a language without prompts', { ...GOODBYE, language: 'fr-FR' }],
  ['no such prompt', { ...GOODBYE, promptId: 'good_day' }],
  ['no such words', { ...GOODBYE, piece: 1 }],
  ['a full stop after a value', { language: 'en-US', promptId: 'greeting', piece: 1 }],
  ['what every object has', { ...GOODBYE, promptId: 'constructor' }],
])('nothing is put in place of %s', async (_, words) => {
  await expect(record(words)).rejects.toThrow(NotFound);
  expect(await rows()).toEqual([]);
});

test('a file that is refused leaves the old one in place', async () => {
  const { id } = await record();
  await expect(
    recordPrompt(kit.platform, { ...GOODBYE, source: streamOf(Buffer.from('nothing')), actorId }),
  ).rejects.toMatchObject({ statusCode: 400, userMessage: expect.stringContaining('WAV or MP3') });
  expect(await rows()).toMatchObject([{ id }]);
});

test('removed, and removed again', async () => {
  await record();
  expect(await removeRecordedPrompt(kit.platform, { ...GOODBYE, actorId })).toBe(true);
  expect(await removeRecordedPrompt(kit.platform, { ...GOODBYE, actorId })).toBe(false);
  expect(await rows()).toEqual([]);
});

describe('the list', () => {
  const find = async (promptId: string) =>
    (await listPrompts(kit.platform, 'en-US')).prompts.find(({ id }) => id === promptId);

  test('words and values, and what is recorded', async () => {
    const { id } = await record();
    expect(await find('goodbye')).toMatchObject({
      group: 'report',
      pieces: [
        {
          kind: 'words',
          index: 0,
          text: 'Goodbye.',
          canBeRecorded: true,
          recording: { id, isCurrent: true },
        },
      ],
    });
    expect(await find('reference')).toEqual({
      id: 'reference',
      group: 'dictating',
      pieces: [
        { kind: 'words', index: 0, text: 'Its reference is ', canBeRecorded: true, recording: null },
        { kind: 'value', name: 'reference', example: '4, 8, 3, 0, 2, 1, 7' },
        { kind: 'words', index: 1, text: '.', canBeRecorded: false, recording: null },
      ],
    });
  });

  test('one whose text has changed is not current; one whose words are gone is left over', async () => {
    const { prisma } = kit.platform.database;
    const { id } = await record();
    await prisma.promptAudio.update({ where: { id }, data: { text: 'Bye now.' } });
    expect(await find('goodbye')).toMatchObject({
      pieces: [{ recording: { isCurrent: false, text: 'Bye now.' } }],
    });
    await prisma.promptAudio.update({ where: { id }, data: { promptId: 'farewell' } });
    expect((await listPrompts(kit.platform, 'en-US')).leftOver).toMatchObject([{ id, promptId: 'farewell' }]);
    expect(await removeRecordedPrompt(kit.platform, { ...GOODBYE, promptId: 'farewell', actorId })).toBe(
      true,
    );
  });
});

describe('the book', () => {
  const words = { ...GOODBYE, text: 'Goodbye.' };
  let book: PromptBook;
  const open = async (everyMs?: number) => {
    book = await createPromptBook(kit.platform, everyMs === undefined ? {} : { everyMs });
    return book;
  };

  test('knows what was recorded before, and hears of what changes', async () => {
    const { id } = await record();
    await open(3_600_000);
    expect(book.find(words)).toBe(id);
    expect(book.find({ ...words, text: 'Good bye.' })).toBeUndefined();
    expect(book.find({ ...words, language: 'es-US' })).toBeUndefined();
    const next = await record(GOODBYE, 2);
    await until(async () => book.find(words) === next.id);
    await removeRecordedPrompt(kit.platform, { ...GOODBYE, actorId });
    await until(async () => book.find(words) === undefined);
    book.close();
  });

  test('finds out by itself when an event was lost', async () => {
    await open(20);
    const { id } = await record();
    await kit.platform.database.prisma.promptAudio.updateMany({ data: { text: 'Hello.' } });
    await until(async () => book.find({ ...words, text: 'Hello.' }) === id);
    book.close();
  });

  test('goes on with what it knew when the database is gone', async () => {
    const { id } = await record();
    const { database } = kit.platform;
    let isGone = false;
    let asked = 0;
    const pool = Object.create(database.pool) as typeof database.pool;
    Object.assign(pool, {
      query: (...query: Parameters<typeof database.pool.query>) => {
        asked += 1;
        return isGone ? Promise.reject(new Error('gone')) : database.pool.query(...query);
      },
    });
    book = await createPromptBook({ ...kit.platform, database: { ...database, pool } }, { everyMs: 10 });
    isGone = true;
    asked = 0;
    await until(async () => asked >= 2);
    expect(book.find(words)).toBe(id);
    isGone = false;
    await kit.platform.database.prisma.promptAudio.deleteMany();
    await until(async () => book.find(words) === undefined);
    book.close();
  });
});

describe('the sweep', () => {
  const hours = (count: number) => clock.set(new Date(Date.now() + count * 3_600_000));

  test('deletes what was replaced or removed, once no answer names it any more', async () => {
    const first = await record();
    const second = await record(GOODBYE, 2);
    expect(await sweepPromptAudio(kit.platform)).toBe(0);
    expect(await isStored(first.id)).toBe(true);
    hours(2);
    expect(await sweepPromptAudio(kit.platform)).toBeGreaterThanOrEqual(1);
    expect(await isStored(first.id)).toBe(false);
    expect(await isStored(second.id)).toBe(true);
  });

  test('and uploads that were killed before their row was there; other objects are none of its business', async () => {
    const { objects } = kit.platform;
    const old = '01890000-0000-7000-8000-000000000000';
    await objects.put(audioKeyOf(old), Buffer.from('x'), { contentType: 'audio/wav' });
    const other = `prompts/${randomUUID()}.txt`;
    await objects.put(other, Buffer.from('x'), { contentType: 'text/plain' });
    hours(0);
    await sweepPromptAudio(kit.platform);
    expect(await isStored(old)).toBe(false);
    expect(await objects.head(other)).toBeDefined();
  });
});
