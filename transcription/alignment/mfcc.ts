/** How a sound's spectrum is shaped, 12 numbers for each step of time: what is left of speech when pitch is gone. */
export interface Features {
  /** `count` rows of `WIDTH`. */
  values: Float32Array;
  /** Loudness of each step, as amplitude. */
  levels: Float32Array;
  count: number;
  stepMs: number;
}

export const WIDTH = 13;
const STEP_MS = 20;
const WINDOW_MS = 30;
/** What a telephone carries; the synthesizer's voice is looked at through the same band. */
const LOWEST_HZ = 250;
const HIGHEST_HZ = 3500;
const BANDS = 22;
/** Steps between two breaths for whoever else waits for this process. */
const STEPS_A_SLICE = 1500;

/**
 * Mel-frequency cepstral coefficients (Davis and Mermelstein, 1980) of 16-bit samples: power spectrum through
 * triangular filters spaced by the mel scale, logarithm, cosine transform; the zeroth, loudness, is left out and the
 * logarithm of the loudness put last. Any rate, the same band. Works in slices, with `pause` awaited between.
 */
export async function readFeatures(
  samples: Int16Array,
  sampleRate: number,
  pause: () => Promise<void>,
): Promise<Features> {
  const window = Math.round((WINDOW_MS * sampleRate) / 1000);
  const size = 2 ** Math.ceil(Math.log2(window));
  const count = Math.max(0, Math.floor(((samples.length / sampleRate) * 1000) / STEP_MS));
  const shape = Float64Array.from(
    { length: window },
    (_, at) => 0.54 - 0.46 * Math.cos((2 * Math.PI * at) / (window - 1)),
  );
  const transform = createTransform(size);
  const filters = melFilters(size, sampleRate);
  const cosines = cosineTable();
  const values = new Float32Array(count * WIDTH);
  const levels = new Float32Array(count);
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const bands = new Float64Array(BANDS);
  for (let step = 0; step < count; step++) {
    if (step % STEPS_A_SLICE === STEPS_A_SLICE - 1) await pause();
    const middle = Math.round(((step + 0.5) * STEP_MS * sampleRate) / 1000);
    const from = middle - (window >> 1);
    real.fill(0);
    imaginary.fill(0);
    let power = 0;
    for (let at = 0; at < window; at++) {
      const sample = samples[from + at] ?? 0;
      power += sample * sample;
      // Speech falls off towards high tones; the difference to the sample before evens that out.
      real[at] = (sample - 0.97 * (samples[from + at - 1] ?? 0)) * (shape[at] ?? 0);
    }
    levels[step] = Math.sqrt(power / window);
    transform(real, imaginary);
    for (const [band, filter] of filters.entries()) {
      let sum = 1;
      for (const [bin, weight] of filter) {
        const re = real[bin] ?? 0;
        const im = imaginary[bin] ?? 0;
        sum += weight * (re * re + im * im);
      }
      bands[band] = Math.log(sum);
    }
    for (let coefficient = 1; coefficient < WIDTH; coefficient++) {
      let sum = 0;
      for (let band = 0; band < BANDS; band++)
        sum += (bands[band] ?? 0) * (cosines[coefficient * BANDS + band] ?? 0);
      values[step * WIDTH + coefficient - 1] = sum;
    }
    values[step * WIDTH + WIDTH - 1] = Math.log(1 + (levels[step] ?? 0));
  }
  return { values, levels, count, stepMs: STEP_MS };
}

/** Of the steps that are kept: each number with mean 0 and spread 1, so that line and voice fall out. In place. */
export function normalize({ values }: Pick<Features, 'values'>, kept: readonly number[]): void {
  for (let column = 0; column < WIDTH; column++) {
    let sum = 0;
    let squares = 0;
    for (const step of kept) {
      const value = values[step * WIDTH + column] ?? 0;
      sum += value;
      squares += value * value;
    }
    const mean = sum / Math.max(1, kept.length);
    const spread = Math.sqrt(Math.max(1e-9, squares / Math.max(1, kept.length) - mean * mean));
    for (const step of kept) {
      const at = step * WIDTH + column;
      values[at] = ((values[at] ?? 0) - mean) / spread;
    }
  }
}

function cosineTable(): Float64Array {
  return Float64Array.from({ length: WIDTH * BANDS }, (_, at) =>
    Math.cos((Math.PI * Math.floor(at / BANDS) * ((at % BANDS) + 0.5)) / BANDS),
  );
}

function melFilters(size: number, sampleRate: number): [bin: number, weight: number][][] {
  const toMel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700);
  const toHertz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);
  const low = toMel(LOWEST_HZ);
  const high = toMel(HIGHEST_HZ);
  const edge = (at: number) => (toHertz(low + ((high - low) * at) / (BANDS + 1)) * size) / sampleRate;
  return Array.from({ length: BANDS }, (_, band) => {
    const [from, top, to] = [edge(band), edge(band + 1), edge(band + 2)];
    const filter: [number, number][] = [];
    for (let bin = Math.floor(from); bin <= Math.ceil(to); bin++) {
      const weight = bin <= top ? (bin - from) / (top - from) : (to - bin) / (to - top);
      if (weight > 0) filter.push([bin, weight]);
    }
    // The lowest filters may fall between two bins.
    return filter.length > 0 ? filter : [[Math.round(top), 1]];
  });
}

/** Fast Fourier transform in place, radix 2 (Cooley and Tukey, 1965). */
function createTransform(size: number): (real: Float64Array, imaginary: Float64Array) => void {
  const bits = Math.log2(size);
  const reversed = Uint32Array.from({ length: size }, (_, at) => {
    let out = 0;
    for (let bit = 0; bit < bits; bit++) if (at & (1 << bit)) out |= 1 << (bits - 1 - bit);
    return out;
  });
  const cosines = Float64Array.from({ length: size / 2 }, (_, at) => Math.cos((2 * Math.PI * at) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, at) => -Math.sin((2 * Math.PI * at) / size));
  return (real, imaginary) => {
    for (let at = 0; at < size; at++) {
      const other = reversed[at] ?? 0;
      if (other <= at) continue;
      const kept = real[at] ?? 0;
      real[at] = real[other] ?? 0;
      real[other] = kept;
      // What comes in is real: there is nothing to swap of the imaginary part.
    }
    for (let width = 2; width <= size; width *= 2) {
      const half = width / 2;
      const turn = size / width;
      for (let block = 0; block < size; block += width) {
        for (let at = 0; at < half; at++) {
          const cosine = cosines[at * turn] ?? 0;
          const sine = sines[at * turn] ?? 0;
          const even = block + at;
          const odd = even + half;
          const oddRe = real[odd] ?? 0;
          const oddIm = imaginary[odd] ?? 0;
          const re = cosine * oddRe - sine * oddIm;
          const im = cosine * oddIm + sine * oddRe;
          const evenRe = real[even] ?? 0;
          const evenIm = imaginary[even] ?? 0;
          real[even] = evenRe + re;
          imaginary[even] = evenIm + im;
          real[odd] = evenRe - re;
          imaginary[odd] = evenIm - im;
        }
      }
    }
  };
}
