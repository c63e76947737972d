import { InvalidInput, NotFound, Unavailable } from '../../../platform/errors.ts';
import { newId } from '../../../platform/new-id.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findPromptSet } from '../languages.ts';
import { hasWords } from '../parse-text.ts';
import { audioKeyOf } from './audio-key.ts';
import { REFUSALS } from './explain-refusal.ts';
import type { Level } from './measure-level.ts';
import { PROMPTS_CHANGED } from './prompt-book.ts';
import { readPromptAudio } from './read-prompt-audio.ts';

/** The words between two values of a prompt, in one language. */
export interface Words {
  language: string;
  promptId: string;
  piece: number;
}

export interface RecordedNow {
  id: string;
  durationSeconds: number;
  level: Level;
}

type Dependencies = Pick<Platform, 'database' | 'objects' | 'events'>;

/**
 * Puts a recording in place of a voice, or of another recording. The audio is stored before the row that names it:
 * killed in between it leaves an object that `sweep-prompt-audio` removes. Of two at once the later one stays.
 *
 * @throws NotFound no such words; InvalidInput the file is no short piece of speech, with what to do about it
 */
export async function recordPrompt(
  { database, objects, events }: Dependencies,
  { source, actorId, ...words }: Words & { source: AsyncIterable<Uint8Array>; actorId: string | null },
): Promise<RecordedNow> {
  const text = textOf(words);
  const read = await readPromptAudio(source);
  if (read.kind === 'refused')
    throw new InvalidInput(`prompt audio refused: ${read.reason}`, { userMessage: REFUSALS[read.reason] });
  const { wav, durationSeconds, level } = read;
  const id = newId();
  const contentType = 'audio/wav';
  const objectKey = audioKeyOf(id);
  const stored = await objects.put(objectKey, wav, { contentType });
  if (stored.bytes !== wav.length) throw new Unavailable(`Prompt audio ${id} was not stored whole`);
  const { language, promptId, piece } = words;
  await database.prisma.$transaction(async (tx) => {
    const place = { language_promptId_piece: { language, promptId, piece } };
    const before = await tx.promptAudio.findUnique({ where: place, select: { id: true } });
    const row = {
      id,
      text,
      objectKey,
      contentType,
      bytes: wav.length,
      durationSeconds,
      uploadedById: actorId,
    };
    await tx.promptAudio.upsert({
      where: place,
      create: { ...row, language, promptId, piece },
      update: { ...row, createdAt: new Date() },
    });
    const detail = { language, prompt: promptId, piece: piece + 1 };
    const entry = { actorId, subjectType: 'prompt_audio', detail };
    // The old one's own entry tells the sweep since when nobody needs its audio.
    if (before)
      await tx.auditEntry.create({
        data: { ...entry, action: 'prompt_audio.replaced', subjectId: before.id },
      });
    await tx.auditEntry.create({ data: { ...entry, action: 'prompt_audio.added', subjectId: id } });
  });
  await events.publish(PROMPTS_CHANGED, { id });
  return { id, durationSeconds, level };
}

/** A voice speaks again. Done twice it changes nothing. Out: whether there was a recording. */
export async function removeRecordedPrompt(
  { database, events }: Pick<Platform, 'database' | 'events'>,
  { actorId, language, promptId, piece }: Words & { actorId: string | null },
): Promise<boolean> {
  const removed = await database.prisma.$transaction(async (tx) => {
    const rows = await tx.promptAudio.findMany({
      where: { language, promptId, piece },
      select: { id: true },
    });
    const ids = rows.map(({ id }) => id);
    const { count } = await tx.promptAudio.deleteMany({ where: { id: { in: ids } } });
    if (count === 0) return false;
    await tx.auditEntry.createMany({
      data: ids.map((subjectId) => ({
        actorId,
        action: 'prompt_audio.removed',
        subjectType: 'prompt_audio',
        subjectId,
        detail: { language, prompt: promptId, piece: piece + 1 },
      })),
    });
    return true;
  });
  if (removed) await events.publish(PROMPTS_CHANGED, { language });
  return removed;
}

/** The words as they are spoken now. @throws NotFound when there are none to replace */
function textOf({ language, promptId, piece }: Words): string {
  const prompts = [...(findPromptSet(language)?.prompts.values() ?? [])];
  const prompt = prompts.find(({ id }) => id === promptId);
  const words = prompt?.pieces.find((each) => each.kind === 'words' && each.index === piece);
  if (words?.kind !== 'words' || !hasWords(words.text))
    throw new NotFound(`Prompt ${promptId} in ${language} has no words in piece ${piece}`);
  return words.text;
}
