/** Louder than an idle line. */
const AUDIBLE = 200;
/** What is left around speech, so that no word loses its edge. */
const MARGIN_SECONDS = 0.1;

const isLoud = (sample: number) => Math.abs(sample) > AUDIBLE;

export function isAudible(samples: Int16Array): boolean {
  return samples.some(isLoud);
}

/** Without silence at both ends, as carriers do on request; empty when there is nothing but silence. */
export function trimSilence(samples: Int16Array, sampleRate: number): Int16Array {
  const first = samples.findIndex(isLoud);
  if (first === -1) return new Int16Array(0);
  const last = samples.findLastIndex(isLoud);
  const margin = Math.round(MARGIN_SECONDS * sampleRate);
  return samples.subarray(Math.max(0, first - margin), Math.min(samples.length, last + 1 + margin));
}
