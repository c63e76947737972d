import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { MsSpan } from '../audio/mask-samples.ts';
import { anchorsSchema } from '../jobs/save-draft.ts';
import { analyzeDictation } from '../reports/analyze-for-review.ts';
import { type Placing, proposeSpan } from './audio/propose-span.ts';
import type { Label } from './labels.ts';
import { planRedaction, widenToWords } from './redaction-input.ts';
import { valuesToDrop } from './scrub/drop-values.ts';
import { findPhrase } from './text/phrases.ts';

/** A passage that is to go, and where it is probably heard; null: there is no audio. */
export interface ProposedPlace {
  start: number;
  end: number;
  audio: MsSpan | null;
}

export interface ProposedRedaction {
  /** The passage itself first, then wherever else the same words stand. */
  places: ProposedPlace[];
  /** What the report says besides that goes with it. */
  values: { field: string; display: string }[];
}

interface Passage {
  start: number;
  end: number;
}

/** In: a text, where it lies in the audio, a passage. Pure. */
function propose(passage: Passage, placing: Placing, hasAudio: boolean): ProposedPlace[] {
  const { text } = placing;
  const { start, end } = widenToWords(text, {
    start: passage.start,
    end: Math.min(passage.end, text.length),
  });
  if (end <= start) return [];
  const others = findPhrase(text, text.slice(start, end)).filter(
    (other) => other.end <= start || other.start >= end,
  );
  return [{ start, end }, ...others].map((place) => ({
    ...place,
    audio: hasAudio ? proposeSpan(place, placing) : null,
  }));
}

/**
 * What would go if these passages of a finished report were redacted: the same words elsewhere, their places in the
 * audio, values. Writes nothing.
 * @throws NotFound
 */
export async function planReportPlaces(
  platform: Pick<Platform, 'database'>,
  { reportId, passages }: { reportId: string; passages: readonly Passage[] },
): Promise<ProposedRedaction> {
  const { prisma } = platform.database;
  const report = await prisma.report.findUnique({
    where: { id: reportId },
    select: {
      dictationId: true,
      transcript: { select: { text: true, anchors: true, places: true } },
      dictation: { select: { audioKey: true, durationSeconds: true, peaks: true, peaksPerSecond: true } },
      units: { where: { retired: false }, orderBy: { startOffset: 'asc' } },
      fields: true,
    },
  });
  if (!report) throw new NotFound(`No report ${reportId}`);
  const { dictationId, transcript, dictation, units, fields } = report;
  const { text } = transcript;
  const placing: Placing = {
    text,
    anchors: readAnchors(transcript.anchors),
    words: readAnchors(transcript.places),
    units,
    ...audioOf(dictation),
  };
  const places = distinct(
    passages.flatMap((passage) => propose(passage, placing, dictation.audioKey !== null)),
  );
  if (places.length === 0) return { places, values: [] };
  const label: Label = 'redacted';
  const plan = planRedaction(text, {
    id: '',
    mask: 'tone',
    textLength: text.length,
    places: places.map((place) => ({ ...place, label })),
  });
  const before = await analyzeDictation(platform, dictationId, text);
  const after = await analyzeDictation(platform, dictationId, plan.redacted);
  const dropped = valuesToDrop(fields, plan, { before: before.analysis, after: after.analysis });
  return { places, values: dropped.map(({ field, display }) => ({ field, display })) };
}

/**
 * The same of what is being typed.
 * @throws NotFound
 */
export async function planDraftPlaces(
  { database }: Pick<Platform, 'database'>,
  { jobId, passages }: { jobId: string; passages: readonly Passage[] },
): Promise<{ revision: number; textLength: number; places: ProposedPlace[] }> {
  const job = await database.prisma.job.findUnique({
    where: { id: jobId },
    select: {
      draft: true,
      dictation: { select: { audioKey: true, durationSeconds: true, peaks: true, peaksPerSecond: true } },
    },
  });
  if (!job?.draft) throw new NotFound(`No draft of job ${jobId}`);
  const { draft, dictation } = job;
  const anchors = readAnchors(draft.anchors);
  const audio = audioOf(dictation);
  // What is not typed yet is not in the text: the typing has come as far as its last anchor.
  const heardMs = Math.max(draft.audioPositionMs, ...anchors.map(([, ms]) => ms));
  const placing: Placing = {
    ...audio,
    text: draft.text,
    anchors,
    words: [],
    units: [],
    durationMs: heardMs > 0 ? Math.min(audio.durationMs, heardMs) : audio.durationMs,
  };
  const places = passages.flatMap((passage) => propose(passage, placing, dictation.audioKey !== null));
  return { revision: draft.revision, textLength: draft.text.length, places: distinct(places) };
}

function audioOf(row: {
  durationSeconds: number | null;
  peaks: Uint8Array | null;
  peaksPerSecond: number | null;
}) {
  const { durationSeconds, peaks, peaksPerSecond } = row;
  return { durationMs: Math.round((durationSeconds ?? 0) * 1000), peaks, peaksPerSecond };
}

function readAnchors(anchors: unknown): [number, number][] {
  return anchorsSchema.catch([]).parse(anchors);
}

function distinct(places: readonly ProposedPlace[]): ProposedPlace[] {
  return places.filter(
    (place, at) => places.findIndex((other) => other.start < place.end && other.end > place.start) === at,
  );
}
