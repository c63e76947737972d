import type { Level } from './prompts-service.ts';

const VERDICTS: Readonly<Record<Level['verdict'], string>> = {
  good: 'Good.',
  quiet: 'That is quiet: callers will strain to hear it. Record it nearer to the microphone.',
  clipped: 'It is cut off at its loudest: it will sound harsh. Record it with less gain.',
};

/** What a recording sounds like, in a sentence for whoever uploaded it. Pure. */
export function describeLevel(durationSeconds: number, { loudnessDb, peakDb, verdict }: Level): string {
  const seconds = durationSeconds.toFixed(1);
  return `${seconds} seconds, loudness ${minus(loudnessDb)} dB, peak ${minus(peakDb)} dB. ${VERDICTS[verdict]}`;
}

function minus(decibels: number): string {
  return decibels.toFixed(1).replace('-', '−');
}
