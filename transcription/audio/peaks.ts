/** Pairs of a waveform kept for each second: fine enough for a phrase, 360 KB for an hour. */
export const PEAKS_PER_SECOND = 50;

export interface PeaksBuilder {
  push(samples: Int16Array): void;
  /** Interleaved min,max as int8, one pair for each `1 / perSecond` of a second, the last one perhaps of less. */
  finish(): Buffer;
}

/** The lowest and highest sample of each stretch of time, gathered from blocks of any size. */
export function createPeaks(sampleRate: number, perSecond: number = PEAKS_PER_SECOND): PeaksBuilder {
  let pairs = Buffer.alloc(4096);
  let count = 0;
  let low = 0;
  let high = 0;
  let pending = false;
  let position = 0;
  // Reckoned from the start each time, so that rates which perSecond does not divide don't drift.
  let boundary = Math.round(sampleRate / perSecond);
  const close = () => {
    if (pairs.length < (count + 1) * 2) pairs = Buffer.concat([pairs, Buffer.alloc(pairs.length)]);
    pairs.writeInt8(low >> 8, count * 2);
    pairs.writeInt8(high >> 8, count * 2 + 1);
    count += 1;
    low = 0;
    high = 0;
    pending = false;
    boundary = Math.round(((count + 1) * sampleRate) / perSecond);
  };
  return {
    push(samples) {
      for (const sample of samples) {
        if (sample < low) low = sample;
        if (sample > high) high = sample;
        pending = true;
        position += 1;
        if (position === boundary) close();
      }
    },
    finish() {
      if (pending) close();
      return pairs.subarray(0, count * 2);
    },
  };
}
