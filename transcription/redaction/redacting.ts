import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';
import type { FinalizeHooks } from '../reports/finalizing.ts';
import { destroyDoomed } from '../retention/destroy-doomed.ts';
import type { DictationToMask } from './audio/rewrite-dictations.ts';
import { labelText } from './labels.ts';
import type { RedactionInput } from './redaction-input.ts';
import type { Phrase } from './text/phrases.ts';
import type { TextPlace } from './text/replace-spans.ts';

/** Takes words out of what another domain keeps of a report, in the transaction that redacts it. */
export type Scrub = (tx: Tx, redacted: { reportId: string; phrases: readonly Phrase[] }) => Promise<void>;

export interface RedactHooks extends FinalizeHooks {
  scrub: readonly Scrub[];
}

export type RedactDependencies = Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'objects'>;

/** A dictation with everything that says the same: what a redaction goes through. */
export interface Family {
  dictationId: string;
  lineId: string;
  isAnonymous: boolean;
  keepOriginalDays: number;
  jobId: string | null;
  hasAudio: boolean;
  durationMs: number;
  /** Blind second typings of it: other words for the same audio. */
  copies: { dictationId: string; jobId: string | null }[];
  /** What the speaker said again to passages that are taken out: all of it goes. */
  answers: { dictationId: string; jobId: string | null }[];
}

/** In: a dictation, what is taken out of its text. Out: whatever else has to be gone through. Locks nothing. */
export async function readFamily(
  tx: Tx,
  dictationId: string,
  places: readonly Pick<TextPlace, 'start' | 'end'>[],
): Promise<Family> {
  const { job, line, check, ...dictation } = await tx.dictation.findUniqueOrThrow({
    where: { id: dictationId },
    select: {
      lineId: true,
      answerId: true,
      audioKey: true,
      durationSeconds: true,
      line: { select: { keepOriginalDays: true } },
      job: {
        select: {
          id: true,
          doubts: {
            select: {
              startOffset: true,
              endOffset: true,
              answers: { select: { id: true, job: { select: { id: true } } } },
            },
          },
        },
      },
      check: { select: { id: true, job: { select: { id: true } } } },
    },
  });
  const touched = (job?.doubts ?? []).filter(({ startOffset, endOffset }) =>
    places.some(({ start, end }) => start <= endOffset && end >= startOffset),
  );
  const idsOf = (row: { id: string; job: { id: string } | null }) => ({
    dictationId: row.id,
    jobId: row.job?.id ?? null,
  });
  return {
    dictationId,
    lineId: dictation.lineId,
    isAnonymous: dictation.answerId !== null,
    keepOriginalDays: line.keepOriginalDays,
    jobId: job?.id ?? null,
    hasAudio: dictation.audioKey !== null,
    durationMs: Math.round((dictation.durationSeconds ?? 0) * 1000),
    copies: check ? [idsOf(check)] : [],
    answers: touched.flatMap(({ answers }) => answers.map(idsOf)),
  };
}

/** The audio that has to be written anew for it. */
export function audioToMask(family: Family, { places }: RedactionInput): DictationToMask[] {
  const spans = places.flatMap(({ audio }) => (audio ? [audio] : []));
  return [
    ...[family, ...family.copies].map(({ dictationId }) => ({ dictationId, spans })),
    ...family.answers.map(({ dictationId }) => ({ dictationId, spans: null })),
  ];
}

export function doomOf({ isAnonymous, keepOriginalDays, lineId }: Family, now: Date) {
  // What was said to a survey is not kept a day longer than it is needed.
  const days = isAnonymous ? 0 : keepOriginalDays;
  return { lineId, dueAt: new Date(now.getTime() + days * 24 * 3_600_000) };
}

/** All that was said to a passage goes: texts and drafts of these dictations become the label alone. */
export async function blankAnswers(
  tx: Tx,
  answers: Family['answers'],
  label: TextPlace['label'],
): Promise<void> {
  const text = labelText(label);
  const ids = answers.map(({ dictationId }) => dictationId);
  const jobIds = answers.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
  await tx.transcript.updateMany({
    where: { dictationId: { in: ids } },
    data: { text, anchors: [], places: Prisma.DbNull },
  });
  const where = { jobId: { in: jobIds } };
  await tx.draftChange.deleteMany({ where });
  await tx.draftPack.deleteMany({ where });
  await tx.draftVersion.deleteMany({ where });
  await tx.draft.updateMany({ where, data: { text, anchors: [], revision: { increment: 1 } } });
}

/** Notes that it was done, never what it was: the row, the audit log, the job's history. */
export async function noteRedaction(
  tx: Tx,
  family: Family,
  {
    input,
    places,
    userId,
    now,
  }: { input: RedactionInput; places: readonly TextPlace[]; userId: string; now: Date },
): Promise<void> {
  const spans = input.places.flatMap(({ audio }) => (audio ? [[audio.startMs, audio.endMs]] : []));
  const labels = [...new Set(places.map(({ label }) => label))];
  await tx.redaction.create({
    data: {
      id: input.id,
      dictationId: family.dictationId,
      byId: userId,
      at: now,
      label: labels.length === 1 ? (labels[0] ?? 'redacted') : 'redacted',
      mask: input.mask,
      places: places.length,
      audioSpans: spans,
    },
  });
  await tx.auditEntry.create({
    data: {
      at: now,
      actorId: userId,
      action: 'redaction.made',
      subjectType: 'dictation',
      subjectId: family.dictationId,
      detail: { places: places.length, audioPieces: spans.length, mask: input.mask },
    },
  });
  if (family.jobId !== null)
    await tx.jobEvent.create({ data: { jobId: family.jobId, kind: 'redacted', userId, at: now } });
}

/** Originals that are not to be kept a day go at once; should that fail, the retention's job does it. */
export async function destroyAtOnce(platform: RedactDependencies, oldKeys: readonly string[]): Promise<void> {
  if (oldKeys.length === 0) return;
  await destroyDoomed(platform, oldKeys).catch((err) => {
    platform.log.warn({ err }, 'originals of redacted audio not destroyed yet; the retention will');
  });
}
