import { writeWav } from '../../transcription/audio/write-wav.ts';
import type { Faults } from './faults.ts';
import type { MediaStore } from './media-store.ts';
import { SAMPLE_RATE } from './sample-rate.ts';
import { trimSilence } from './trim-silence.ts';

export interface RecordingToSave {
  recordingSid: string;
  callSid: string;
  startedAt: Date;
  samples: Int16Array;
  isTrimmed: boolean;
  /** What will be wrong with fetching and deleting it. */
  faults: Faults;
}

/** Keeps what was recorded. Out: its length; null when there is nothing, which is no recording at all. */
export async function saveRecording(
  media: MediaStore,
  { recordingSid, callSid, startedAt, samples: raw, isTrimmed, faults }: RecordingToSave,
): Promise<{ recordingSid: string; seconds: number | null }> {
  const samples = isTrimmed ? trimSilence(raw, SAMPLE_RATE) : raw;
  if (samples.length === 0) return { recordingSid, seconds: null };
  const seconds = samples.length / SAMPLE_RATE;
  const info = { recordingSid, callSid, startedAt: startedAt.toISOString(), seconds: Math.floor(seconds) };
  await media.save(info, writeWav(SAMPLE_RATE, samples), faults);
  return { recordingSid, seconds };
}
