import type { Tx } from '../../../platform/database/database.ts';
import { Conflict } from '../../../platform/errors.ts';
import type { ObjectStorage } from '../../../platform/object-storage/object-storage.ts';
import { newObjectKey } from '../../anonymous/object-keys.ts';
import type { Mask, MsSpan } from '../../audio/mask-samples.ts';
import { type RewrittenAudio, rewriteAudio } from '../../audio/rewrite-audio.ts';

/** A dictation whose audio is to be written anew. */
export interface DictationToMask {
  dictationId: string;
  /** In its laid audio; null: all of it. */
  spans: readonly MsSpan[] | null;
}

export interface Rewritten {
  kind: 'dictation' | 'recording';
  id: string;
  oldKey: string;
  audio: RewrittenAudio;
}

/** Where a recording begins is kept in whole milliseconds. */
const ROUNDING_MS = 5;

/**
 * Writes the laid audio of dictations, and the recordings that it is laid from, under new keys with the spans masked.
 * Nothing points to the new objects yet. What fails takes the objects written before with it.
 */
export async function rewriteDictations(
  { objects, tx }: { objects: ObjectStorage; tx: Tx },
  dictations: readonly DictationToMask[],
  mask: Mask,
): Promise<Rewritten[]> {
  const rewritten: Rewritten[] = [];
  const write = async (
    kind: Rewritten['kind'],
    row: { id: string; key: string | null; durationSeconds: number | null },
    spans: readonly MsSpan[],
  ) => {
    if (row.key === null || row.durationSeconds === null || spans.length === 0) return;
    const toKey = newObjectKey(kind === 'dictation' ? 'dictations' : 'recordings', row.id);
    const { durationSeconds } = row;
    const audio = await rewriteAudio(objects, { fromKey: row.key, toKey, durationSeconds, spans, mask });
    rewritten.push({ kind, id: row.id, oldKey: row.key, audio });
  };
  try {
    for (const { dictationId, spans } of dictations) {
      const dictation = await tx.dictation.findUniqueOrThrow({
        where: { id: dictationId },
        select: {
          audioKey: true,
          durationSeconds: true,
          recordings: {
            where: { objectKey: { not: null } },
            select: { id: true, objectKey: true, durationSeconds: true, audioStartMs: true },
          },
        },
      });
      const whole = [{ startMs: 0, endMs: (dictation.durationSeconds ?? 0) * 1000 + 1000 }];
      const laid = { id: dictationId, key: dictation.audioKey, durationSeconds: dictation.durationSeconds };
      await write('dictation', laid, spans ?? whole);
      for (const { objectKey, ...recording } of dictation.recordings) {
        await write('recording', { ...recording, key: objectKey }, spansWithin(spans, recording));
      }
    }
  } catch (error) {
    await forget(objects, rewritten);
    throw error;
  }
  return rewritten;
}

/** The spans as they lie in a recording that begins at `audioStartMs`; one that is not in the laid audio has none. */
function spansWithin(
  spans: readonly MsSpan[] | null,
  { audioStartMs, durationSeconds }: { audioStartMs: number | null; durationSeconds: number | null },
): MsSpan[] {
  const lengthMs = (durationSeconds ?? 0) * 1000;
  if (spans === null) return [{ startMs: 0, endMs: lengthMs + 1000 }];
  if (audioStartMs === null) return [];
  return spans
    .map(({ startMs, endMs }) => ({
      startMs: Math.max(0, startMs - audioStartMs - ROUNDING_MS),
      endMs: Math.min(lengthMs, endMs - audioStartMs + ROUNDING_MS),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs);
}

/** Destroys what was written and is not to be used. */
export async function forget(objects: ObjectStorage, rewritten: readonly Rewritten[]): Promise<void> {
  for (const { audio } of rewritten) await objects.delete(audio.objectKey);
}

/**
 * Lets the rows point to the new objects, and hands the old ones over to be destroyed when they are due. Locks the rows.
 * @throws Conflict the audio was built anew since it was read; done again from the start it comes out right
 */
export async function switchAudio(
  tx: Tx,
  rewritten: readonly Rewritten[],
  doom: { lineId: string; dueAt: Date },
): Promise<void> {
  for (const { kind, id, oldKey, audio } of rewritten) {
    const { bytes, peaksPerSecond, objectKey, sha256 } = audio;
    const peaks = new Uint8Array(audio.peaks);
    const { count } =
      kind === 'dictation'
        ? await tx.dictation.updateMany({
            where: { id, audioKey: oldKey },
            data: { audioKey: objectKey, audioBytes: bytes, peaks, peaksPerSecond },
          })
        : await tx.recording.updateMany({
            where: { id, objectKey: oldKey },
            data: { objectKey, bytes, sha256, contentType: 'audio/wav', peaks, peaksPerSecond },
          });
    if (count !== 1) {
      throw new Conflict(`The audio of ${kind} ${id} was built anew meanwhile`, {
        userMessage:
          'More of this dictation has just arrived, so its audio was built anew. Listen again, then redact it.',
      });
    }
  }
  await tx.doomedObject.createMany({
    data: rewritten.map(({ oldKey }) => ({ objectKey: oldKey, reason: 'redaction' as const, ...doom })),
  });
}
