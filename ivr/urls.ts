/** A piece of a dictation's audio. */
export interface Clip {
  dictationId: string;
  fromMs: number;
  toMs: number;
}

/** Where the carrier finds each thing; absolute, because it calls from outside. */
export interface IvrUrls {
  answer(attempt: number): string;
  step(callId: string, step: number): string;
  /** The request after a recording names it, so that a request out of its turn still announces the right one. */
  recorded(callId: string, step: number, recordingId: string): string;
  nothingRecorded(callId: string, step: number, recordingId: string): string;
  resume(callId: string, step: number, attempt: number): string;
  recordingStatus(recordingId: string): string;
  /** `lastSeconds`: only the end of it. */
  part(recordingId: string, lastSeconds?: number): string;
  clip(clip: Clip): string;
  /** A recorded prompt. */
  prompt(id: string): string;
}

/** Secrets that let the carrier fetch what a caller is to hear. */
export interface AudioTokens {
  part(recordingId: string): string;
  clip(clip: Clip): string;
}

/** @param publicUrl without a slash at its end */
export function createIvrUrls(publicUrl: string, tokens: AudioTokens): IvrUrls {
  const step = (callId: string, number: number) => `${publicUrl}/ivr/calls/${callId}/steps/${number}`;
  return {
    answer: (attempt) => `${publicUrl}/ivr/answer?attempt=${attempt}`,
    step,
    recorded: (callId, number, recordingId) => `${step(callId, number)}?recording=${recordingId}`,
    nothingRecorded: (callId, number, recordingId) =>
      `${step(callId, number)}?recording=${recordingId}&nothing=1`,
    resume: (callId, number, attempt) => `${step(callId, number)}?resume=${attempt}`,
    recordingStatus: (recordingId) => `${publicUrl}/ivr/recordings/${recordingId}`,
    part: (recordingId, lastSeconds) =>
      `${publicUrl}/ivr/parts/${recordingId}?token=${tokens.part(recordingId)}` +
      (lastSeconds === undefined ? '' : `&last=${lastSeconds}`),
    clip: (clip) =>
      `${publicUrl}/ivr/clips/${clip.dictationId}/${clip.fromMs}-${clip.toMs}?token=${tokens.clip(clip)}`,
    prompt: (id) => `${publicUrl}/ivr/prompts/${id}`,
  };
}
