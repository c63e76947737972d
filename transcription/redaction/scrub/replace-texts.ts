import type { Tx } from '../../../platform/database/database.ts';
import { rewriteHistory } from '../../jobs/draft-history/rewrite-history.ts';
import { type Phrase, scrubText } from '../text/phrases.ts';
import { placesInCopy } from '../text/redact-copy.ts';
import { moveOffset, placesWithin, replacePlaces, type TextPlace } from '../text/replace-spans.ts';

/** What is taken out of a text, for whoever finds the same passage in another one. */
export interface TakenOut {
  /** The text that `places` are of, as it was. */
  reference: string;
  places: readonly TextPlace[];
  phrases: readonly Phrase[];
}

/** A JSON list of `[char, audioMs]`, its characters moved along. Anything else is left out: it could say nothing. */
export function moveAnchors(anchors: unknown, places: readonly TextPlace[]): [number, number][] {
  if (!Array.isArray(anchors)) return [];
  return anchors.flatMap((anchor): [number, number][] => {
    if (!Array.isArray(anchor)) return [];
    const [char, ms] = anchor;
    return typeof char === 'number' && typeof ms === 'number' ? [[moveOffset(char, places), ms]] : [];
  });
}

/**
 * Overwrites the passage in every version of these dictations' final texts and in the units that were cut from them,
 * retired ones too. Offsets move along. Append-only gives way here: what is taken out must be nowhere. Locks the rows.
 * @returns what was replaced, by transcript, in its text as it was
 */
export async function replaceTranscripts(
  tx: Tx,
  dictationIds: readonly string[],
  taken: TakenOut,
): Promise<Map<string, readonly TextPlace[]>> {
  const replaced = new Map<string, readonly TextPlace[]>();
  const transcripts = await tx.transcript.findMany({
    where: { dictationId: { in: [...dictationIds] } },
    select: { id: true, text: true, anchors: true, places: true },
  });
  for (const { id, text, anchors, places: words } of transcripts) {
    const places = placesInCopy(text, taken);
    if (places.length === 0) continue;
    await tx.transcript.update({
      where: { id },
      data: {
        text: replacePlaces(text, places),
        anchors: moveAnchors(anchors, places),
        ...(words !== null && { places: moveAnchors(words, places) }),
      },
    });
    await replaceUnits(tx, id, text, places);
    replaced.set(id, places);
  }
  return replaced;
}

async function replaceUnits(
  tx: Tx,
  transcriptId: string,
  text: string,
  places: readonly TextPlace[],
): Promise<void> {
  const units = await tx.thoughtUnit.findMany({
    where: { transcriptId },
    select: { id: true, text: true, startOffset: true, endOffset: true },
  });
  for (const unit of units) {
    const startOffset = moveOffset(unit.startOffset, places);
    const endOffset = moveOffset(unit.endOffset, places, true);
    const within = placesWithin(places, unit.startOffset, unit.endOffset);
    const isHere = text.slice(unit.startOffset, unit.endOffset) === unit.text;
    await tx.thoughtUnit.update({
      where: { id: unit.id },
      data: {
        startOffset,
        endOffset,
        ...(within.length > 0 && {
          // A row that is not what its offsets say is of another text by now: rather no words than those.
          text: isHere
            ? replacePlaces(unit.text, within)
            : replacePlaces(text, places).slice(startOffset, endOffset),
        }),
      },
    });
  }
}

/**
 * The same in what was typed until a text was final, or is being typed: the draft and all of its history, in which the
 * place is followed back to where it began. Raises the draft's revision, so that no window saves the old words over it
 * unseen. Locks the job and the draft.
 * @returns the draft as it is then; null: there is none
 */
export async function replaceDrafts(
  tx: Tx,
  jobId: string,
  taken: TakenOut,
  now: Date,
): Promise<{ revision: number; text: string; anchors: [number, number][] } | null> {
  const before = await tx.draft.findUnique({ where: { jobId }, select: { text: true } });
  // By place where the text is whole; in what came before the history follows the places itself.
  const rewrite = (text: string) =>
    text === before?.text ? replacePlaces(text, placesInCopy(text, taken)) : scrubText(text, taken.phrases);
  await rewriteHistory(tx, jobId, rewrite, true);
  const draft = await tx.draft.findUnique({ where: { jobId } });
  if (!draft) return null;
  const { text } = draft;
  const after = { revision: draft.revision + 1, text, anchors: moveAnchors(draft.anchors, []) };
  await tx.draft.update({ where: { jobId }, data: { revision: after.revision, updatedAt: now } });
  await tx.draftVersion.create({ data: { jobId, ...after, savedAt: now } });
  return after;
}

/**
 * Marks of doubts, in the text that `places` are of, move along. One in what is taken out is settled by that, and what
 * was noted of it goes.
 */
export async function moveDoubts(
  tx: Tx,
  jobId: string,
  places: readonly TextPlace[],
  now: Date,
): Promise<void> {
  const marks = await tx.doubtMark.findMany({ where: { jobId } });
  for (const { id, startOffset, endOffset, resolvedAt } of marks) {
    const isTaken = places.some(({ start, end }) => start <= endOffset && end >= startOffset);
    await tx.doubtMark.update({
      where: { id },
      data: {
        startOffset: moveOffset(startOffset, places),
        endOffset: moveOffset(endOffset, places, true),
        ...(isTaken && { note: null, resolvedAt: resolvedAt ?? now }),
      },
    });
  }
}
