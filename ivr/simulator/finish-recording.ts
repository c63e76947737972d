import { writeWav } from '../../transcription/audio/write-wav.ts';
import type { CallRequests } from './call-requests.ts';
import type { Faults } from './faults.ts';
import type { MediaStore } from './media-store.ts';
import type { Verb } from './parse-twiml.ts';
import type { RecordingCallbacks } from './recording-callbacks.ts';
import { SAMPLE_RATE } from './sample-rate.ts';
import { trimSilence } from './trim-silence.ts';
import type { Parameters } from './webhook-sender.ts';

export interface RecordingToFinish {
  recordingSid: string;
  callSid: string;
  startedAt: Date;
  samples: Int16Array;
  /** The Record that asked for it, and what its addresses are relative to. */
  verb: Verb;
  base: string;
}

export interface FinishRecordingOptions {
  /** Where the account's recordings are found. */
  accountUrl: string;
  /** What will be wrong with fetching and deleting it. */
  faults: Faults;
  media: MediaStore;
  requests: CallRequests;
  callbacks: RecordingCallbacks;
}

/**
 * Keeps what was recorded and tells the callback of it. Out: its length, and what the request that follows tells;
 * null when there is nothing, which is no recording at all, and no request follows.
 */
export async function finishRecording(
  { accountUrl, faults, media, requests, callbacks }: FinishRecordingOptions,
  { recordingSid, callSid, startedAt, samples: raw, verb, base }: RecordingToFinish,
): Promise<{ seconds: number; about: Parameters } | null> {
  const { trim, recordingStatusCallback, recordingStatusCallbackEvent = '' } = verb.attributes;
  const callbackUrl = recordingStatusCallback && new URL(recordingStatusCallback, base).href;
  const samples = trim === 'trim-silence' ? trimSilence(raw, SAMPLE_RATE) : raw;
  if (samples.length === 0) {
    if (callbackUrl && recordingStatusCallbackEvent.includes('absent')) {
      const absent = { RecordingSid: recordingSid, RecordingDuration: '0', RecordingStatus: 'absent' };
      await callbacks.send(callbackUrl, requests.parameters(absent));
    }
    return null;
  }
  const seconds = samples.length / SAMPLE_RATE;
  const whole = Math.floor(seconds);
  const info = { recordingSid, callSid, startedAt: startedAt.toISOString(), seconds: whole };
  await media.save(info, writeWav(SAMPLE_RATE, samples), faults);
  const about = {
    RecordingSid: recordingSid,
    RecordingUrl: `${accountUrl}/Recordings/${recordingSid}`,
    RecordingDuration: String(whole),
  };
  if (callbackUrl) {
    const completed = { ...about, RecordingStatus: 'completed', RecordingChannels: '1' };
    await callbacks.send(callbackUrl, requests.parameters(completed));
  }
  return { seconds, about };
}
