/** Where the carrier finds each thing; absolute, because it calls from outside. */
export interface IvrUrls {
  answer(attempt: number): string;
  step(callId: string, step: number): string;
  /** The request after a recording names it, so that a request out of its turn still announces the right one. */
  recorded(callId: string, step: number, recordingId: string): string;
  nothingRecorded(callId: string, step: number, recordingId: string): string;
  resume(callId: string, step: number, attempt: number): string;
  recordingStatus(recordingId: string): string;
  part(recordingId: string): string;
}

/** @param publicUrl without a slash at its end; `partToken` makes the secret that lets the carrier fetch a part */
export function createIvrUrls(publicUrl: string, partToken: (recordingId: string) => string): IvrUrls {
  const step = (callId: string, number: number) => `${publicUrl}/ivr/calls/${callId}/steps/${number}`;
  return {
    answer: (attempt) => `${publicUrl}/ivr/answer?attempt=${attempt}`,
    step,
    recorded: (callId, number, recordingId) => `${step(callId, number)}?recording=${recordingId}`,
    nothingRecorded: (callId, number, recordingId) =>
      `${step(callId, number)}?recording=${recordingId}&nothing=1`,
    resume: (callId, number, attempt) => `${step(callId, number)}?resume=${attempt}`,
    recordingStatus: (recordingId) => `${publicUrl}/ivr/recordings/${recordingId}`,
    part: (recordingId) => `${publicUrl}/ivr/parts/${recordingId}?token=${partToken(recordingId)}`,
  };
}
