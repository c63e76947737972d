/** How loud a recording is, in decibels below full scale (0 is the loudest a file can hold). */
export interface Level {
  /** Mean of what is speech; pauses don't count. */
  loudnessDb: number;
  /** The highest sample. */
  peakDb: number;
  verdict: 'good' | 'quiet' | 'clipped';
}

const FRAME_MS = 20;
/** Frames this far below the loudest one are pauses. */
const PAUSE_BELOW_LOUDEST_DB = 30;
/** Telephone speech is around -20; this far below it callers turn the volume up and the next prompt hurts. */
const QUIET_DB = -34;
const FULL_SCALE = 32_767;
/** More full-scale samples than this share were cut off rather than just reached. */
const CLIPPED_SHARE = 0.0005;

/** Measures samples of 16 bits. Pure. Of silence the loudness is -100. */
export function measureLevel(samples: Int16Array, sampleRate: number): Level {
  const frameSamples = Math.max(1, Math.round((sampleRate * FRAME_MS) / 1000));
  const energies: number[] = [];
  let peak = 0;
  let atFullScale = 0;
  for (let from = 0; from < samples.length; from += frameSamples) {
    let squares = 0;
    const to = Math.min(samples.length, from + frameSamples);
    for (let at = from; at < to; at++) {
      const sample = samples[at] ?? 0;
      const height = Math.abs(sample);
      if (height > peak) peak = height;
      if (height >= FULL_SCALE) atFullScale += 1;
      squares += sample * sample;
    }
    energies.push(squares / (to - from));
  }
  const loudest = energies.reduce((most, energy) => Math.max(most, energy), 0);
  const speech = energies.filter((energy) => energy > loudest / 10 ** (PAUSE_BELOW_LOUDEST_DB / 10));
  const mean = speech.reduce((sum, energy) => sum + energy, 0) / Math.max(1, speech.length);
  const loudnessDb = inDb(Math.sqrt(mean));
  return { loudnessDb, peakDb: inDb(peak), verdict: judge(loudnessDb, atFullScale / samples.length) };
}

function judge(loudnessDb: number, fullScaleShare: number): Level['verdict'] {
  if (fullScaleShare > CLIPPED_SHARE) return 'clipped';
  return loudnessDb < QUIET_DB ? 'quiet' : 'good';
}

function inDb(height: number): number {
  return height === 0 ? -100 : Math.round(20 * Math.log10(height / 32_768) * 10) / 10;
}
