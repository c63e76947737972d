/**
 * Brings blocks of samples from one rate to another, for the rare dictation whose parts were recorded at
 * different rates: windowed-sinc interpolation, which keeps out what the lower rate can't carry.
 */
export interface Resampler {
  push(samples: Int16Array): Int16Array;
  /** The last samples; together with all blocks exactly `resampledLength` of what went in. */
  finish(): Int16Array;
}

/** Zero crossings of the sinc on each side: enough that speech is not audibly dulled or folded. */
const CROSSINGS = 12;

export function resampledLength(samples: number, fromRate: number, toRate: number): number {
  return Math.round((samples * toRate) / fromRate);
}

export function createResampler(fromRate: number, toRate: number): Resampler {
  const cutoff = Math.min(1, toRate / fromRate);
  const reach = Math.ceil(CROSSINGS / cutoff);
  // Source samples not yet done with; `first` is the position of held[0] in the source.
  let held = new Int16Array(0);
  let first = 0;
  let received = 0;
  let produced = 0;

  const produceUpTo = (count: number): Int16Array => {
    const out = new Int16Array(Math.max(0, count - produced));
    for (let at = 0; at < out.length; at++) {
      const center = ((produced + at) * fromRate) / toRate;
      const from = Math.max(first, Math.ceil(center - reach));
      const to = Math.min(received - 1, Math.floor(center + reach));
      let sum = 0;
      let weights = 0;
      for (let position = from; position <= to; position++) {
        const weight = kernel(position - center, cutoff, reach);
        sum += weight * (held[position - first] ?? 0);
        weights += weight;
      }
      out[at] = weights === 0 ? 0 : Math.max(-32768, Math.min(32767, Math.round(sum / weights)));
    }
    produced += out.length;
    const keepFrom = Math.max(first, Math.floor((produced * fromRate) / toRate) - reach - 1);
    held = held.slice(keepFrom - first);
    first = keepFrom;
    return out;
  };

  return {
    push(samples) {
      const joined = new Int16Array(held.length + samples.length);
      joined.set(held);
      joined.set(samples, held.length);
      held = joined;
      received += samples.length;
      return produceUpTo(Math.floor(((received - reach - 1) * toRate) / fromRate));
    },
    finish() {
      return produceUpTo(resampledLength(received, fromRate, toRate));
    },
  };
}

function kernel(distance: number, cutoff: number, reach: number): number {
  if (Math.abs(distance) >= reach) return 0;
  const angle = Math.PI * distance * cutoff;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  // Hann window.
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
}
