import { setImmediate as nextTurn } from 'node:timers/promises';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { WAV_HEADER_BYTES } from '../audio/write-wav.ts';
import { anchorsSchema } from '../jobs/save-draft.ts';
import { alignSpeech } from './align-speech.ts';
import { findPauses } from './find-pauses.ts';
import { placeByTyping } from './place-by-typing.ts';
import type { PlacedWord } from './place-words.ts';
import type { SpeechSynthesizer } from './speech-synthesizer.ts';
import { unitsOfWords } from './units-of-words.ts';

type Dependencies = Pick<Platform, 'database' | 'log' | 'objects'>;

export type AlignOutcome = 'aligned' | 'unaligned' | 'nothing';

/**
 * Places the units of a report's version in force by listening to its audio. Writes where they are and nothing else:
 * the text stays the version that it is.
 *
 * Done twice, vanished: nothing. Killed in the middle: nothing is written; the sweep wakes again. A correction or a
 * redaction meanwhile: what was found is thrown away, their own wake aligns what is in force then. Without audio
 * (destroyed, never any), or when the synthesizer can't read the text: noted as done, the places stay as they are.
 */
export async function alignReport(
  platform: Dependencies,
  synthesizerFor: (language: string) => SpeechSynthesizer,
  reportId: string,
): Promise<AlignOutcome> {
  const { log } = platform;
  const report = await readReport(platform, reportId);
  if (!report || report.alignedTranscriptId === report.transcriptId) return 'nothing';
  const { dictation, transcriptId } = report;
  const samples = dictation.audioKey ? await readSamples(platform, dictation.audioKey) : null;
  let words: PlacedWord[] | null = null;
  if (samples && dictation.sampleRate) {
    const synthesizer = synthesizerFor(report.speaker?.language ?? dictation.line.language);
    try {
      words = await alignSpeech({
        text: report.transcript.text,
        samples,
        sampleRate: dictation.sampleRate,
        placed: placedByTyping(report, (samples.length * 1000) / dictation.sampleRate),
        synthesizer,
        pause: () => nextTurn(),
      });
    } catch (err) {
      log.warn({ err, reportId }, 'a report could not be aligned; its places are those of the typing');
    }
  }
  return write(platform, reportId, {
    transcriptId,
    text: report.transcript.text,
    audioKey: dictation.audioKey,
    words,
  });
}

async function readReport({ database }: Dependencies, reportId: string) {
  return database.prisma.report.findUnique({
    where: { id: reportId },
    select: {
      transcriptId: true,
      alignedTranscriptId: true,
      transcript: { select: { text: true, anchors: true } },
      speaker: { select: { language: true } },
      units: {
        where: { retired: false },
        orderBy: { startOffset: 'asc' },
        select: { startOffset: true, endOffset: true, audioStartMs: true, audioEndMs: true },
      },
      dictation: {
        select: {
          audioKey: true,
          sampleRate: true,
          peaks: true,
          peaksPerSecond: true,
          line: { select: { language: true } },
        },
      },
    },
  });
}

type ReportToAlign = NonNullable<Awaited<ReturnType<typeof readReport>>>;

/** Where listening begins: by the anchors of the typing; a correction made without hearing, by the units as placed. */
function placedByTyping({ transcript, units, dictation }: ReportToAlign, durationMs: number): PlacedWord[] {
  const { peaks, peaksPerSecond } = dictation;
  const waveform = { peaks: peaks ?? new Uint8Array(), peaksPerSecond: peaksPerSecond ?? 1 };
  const typed = anchorsSchema.safeParse(transcript.anchors);
  const anchors =
    typed.success && typed.data.length > 0
      ? typed.data
      : units.flatMap(({ startOffset, endOffset, audioStartMs, audioEndMs }): [number, number][] =>
          audioStartMs === null || audioEndMs === null
            ? []
            : [
                [startOffset, audioStartMs],
                [endOffset, audioEndMs],
              ],
        );
  return placeByTyping(transcript.text, anchors, findPauses(waveform, durationMs));
}

/** 16-bit mono samples of a dictation's audio; null when it is gone. */
async function readSamples({ objects }: Dependencies, audioKey: string): Promise<Int16Array | null> {
  try {
    const { stream } = await objects.get(audioKey, { start: WAV_HEADER_BYTES });
    const blocks: Buffer[] = [];
    for await (const block of stream) blocks.push(block as Buffer);
    const bytes = Buffer.concat(blocks);
    // A copy of its own begins at an even address, which samples must.
    const copy = new Uint8Array(bytes.length - (bytes.length % 2));
    copy.set(bytes.subarray(0, copy.length));
    return new Int16Array(copy.buffer);
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

interface Heard {
  transcriptId: string;
  text: string;
  audioKey: string | null;
  /** Null: nothing could be found. */
  words: PlacedWord[] | null;
}

/** In one transaction, when text and audio are still those that were listened to. Locks the report's row. */
async function write(
  { database }: Dependencies,
  reportId: string,
  { transcriptId, text, audioKey, words }: Heard,
): Promise<AlignOutcome> {
  return database.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`select id from report where id = ${reportId}::uuid for update`;
    const now = await tx.report.findUnique({
      where: { id: reportId },
      select: {
        transcriptId: true,
        alignedTranscriptId: true,
        transcript: { select: { text: true } },
        dictation: { select: { audioKey: true, durationSeconds: true } },
      },
    });
    if (now?.transcriptId !== transcriptId || now.alignedTranscriptId === transcriptId) return 'nothing';
    if (now.transcript.text !== text || now.dictation.audioKey !== audioKey) return 'nothing';
    await tx.report.update({ where: { id: reportId }, data: { alignedTranscriptId: transcriptId } });
    if (!words || words.length === 0) return 'unaligned';
    const units = await tx.thoughtUnit.findMany({
      where: { reportId, retired: false },
      orderBy: { startOffset: 'asc' },
      select: { id: true, startOffset: true, endOffset: true },
    });
    const spans = units.map(({ startOffset, endOffset }) => ({ start: startOffset, end: endOffset }));
    const places = unitsOfWords(spans, words, Math.round((now.dictation.durationSeconds ?? 0) * 1000));
    // In: ids with their places. Changes those units. Locks their rows.
    await tx.$executeRaw`
      update thought_unit set audio_start_ms = place.start_ms, audio_end_ms = place.end_ms
      from unnest(${units.map(({ id }) => id)}::uuid[], ${places.map((place) => place.audioStartMs)}::int[],
                  ${places.map((place) => place.audioEndMs)}::int[]) as place (id, start_ms, end_ms)
      where thought_unit.id = place.id`;
    await tx.transcript.update({
      where: { id: transcriptId },
      data: { places: words.map(({ start, startMs }) => [start, startMs]) },
    });
    return 'aligned';
  });
}
