import type { Tx } from '../../../platform/database/database.ts';
import { anchorsSchema } from '../../jobs/save-draft.ts';
import { placeInAudio } from '../../reports/place-in-audio.ts';
import { proposeCritical } from '../scoring/propose-critical.ts';
import { findDifferences } from '../words/find-differences.ts';
import { normalizeWords, type Word } from '../words/normalize-words.ts';

/**
 * The second text of a check is final: what differs waits for a reviewer. In the transaction that writes the text.
 * `names` are the words of the company's vocabulary. Done twice it changes nothing; locks the check's row.
 * Out: false when the dictation is not the copy of a check that waits for its text.
 */
export async function takeSecondText(
  tx: Tx,
  { copyId, names }: { copyId: string; names: ReadonlySet<string> },
): Promise<boolean> {
  await tx.$queryRaw`select id from accuracy_check where copy_id = ${copyId}::uuid for update`;
  const check = await tx.accuracyCheck.findUnique({
    where: { copyId },
    select: {
      id: true,
      status: true,
      firstTranscriptId: true,
      dictation: { select: { durationSeconds: true } },
    },
  });
  if (check?.status !== 'typing') return false;
  const second = await tx.transcript.findFirstOrThrow({
    where: { dictationId: copyId },
    orderBy: { version: 'desc' },
  });
  const first = await tx.transcript.findUniqueOrThrow({ where: { id: check.firstTranscriptId } });
  const places = compareTexts(first.text, second.text, names);
  const heard = placePoints(places, first, second, (check.dictation.durationSeconds ?? 0) * 1000);
  await tx.checkDifference.createMany({
    data: places.map((place, position) => ({ checkId: check.id, position, ...place, ...heard[position] })),
  });
  await tx.accuracyCheck.update({
    where: { id: check.id },
    data: {
      status: 'to_settle',
      secondTranscriptId: second.id,
      secondTypistId: second.authorId,
      secondTypedAt: second.createdAt,
    },
  });
  return true;
}

export interface ComparedPlace {
  firstStart: number;
  firstEnd: number;
  firstText: string;
  secondStart: number;
  secondEnd: number;
  secondText: string;
  critical: boolean;
  criticalReason: string | null;
}

/** Where two typings of one dictation differ, in order. Pure. */
export function compareTexts(first: string, second: string, names: ReadonlySet<string>): ComparedPlace[] {
  const [a, b] = [normalizeWords(first), normalizeWords(second)];
  return findDifferences(a, b).map((difference) => {
    const left = spanOf(a, difference.first);
    const right = spanOf(b, difference.second);
    const reason = proposeCritical(
      {
        first: a.slice(difference.first.from, difference.first.to),
        second: b.slice(difference.second.from, difference.second.to),
      },
      names,
    );
    return {
      firstStart: left.start,
      firstEnd: left.end,
      firstText: first.slice(left.start, left.end),
      secondStart: right.start,
      secondEnd: right.end,
      secondText: second.slice(right.start, right.end),
      critical: reason !== null,
      criticalReason: reason,
    };
  });
}

/** Of no words: the point behind the word before. */
function spanOf(
  words: readonly Word[],
  { from, to }: { from: number; to: number },
): { start: number; end: number } {
  const [begin, last] = [words[from], words[to - 1]];
  if (from < to && begin && last) return { start: begin.start, end: last.end };
  const point = words[from - 1]?.end ?? 0;
  return { start: point, end: point };
}

interface Typed {
  text: string;
  anchors: unknown;
}

/** By the anchors of the first text, or of the second where the first has none. */
function placePoints(
  places: readonly ComparedPlace[],
  first: Typed,
  second: Typed,
  durationMs: number,
): { audioMs: number; audioEndMs: number }[] {
  const anchorsOf = ({ anchors }: Typed) => anchorsSchema.safeParse(anchors).data ?? [];
  const useFirst = anchorsOf(first).length > 0 || anchorsOf(second).length === 0;
  const points = places.flatMap((place) => {
    const [start, end] = useFirst ? [place.firstStart, place.firstEnd] : [place.secondStart, place.secondEnd];
    return [
      { start, end: start },
      { start: end, end },
    ];
  });
  const typed = useFirst ? first : second;
  const heard = placeInAudio(points, {
    anchors: anchorsOf(typed),
    textLength: typed.text.length,
    durationMs,
  });
  return places.map((_, at) => ({
    audioMs: heard[2 * at]?.audioStartMs ?? 0,
    audioEndMs: heard[2 * at + 1]?.audioStartMs ?? durationMs,
  }));
}
