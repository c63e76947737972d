/** What is done to the sound on its way to the ear. */
export interface SoundSettings {
  /** 0 to 18. */
  gainDb: number;
  filter: boolean;
}

export interface SoundGraph {
  use(settings: SoundSettings): void;
}

/**
 * A telephone carries 300 to 3400 Hz: what lies below is hum and rumble, what lies above is hiss. Two biquads make a
 * Butterworth filter of the fourth order, 14 dB down at 200 Hz; their Q in decibels, as Web Audio wants it.
 */
const HIGH_PASS_HZ = 300;
const LOW_PASS_HZ = 3600;
const BUTTERWORTH_Q_DB = [20 * Math.log10(0.5412), 20 * Math.log10(1.3066)];
const COMPRESSOR = { threshold: -30, knee: 10, ratio: 3, attack: 0.005, release: 0.15 };
const LIMITER = { threshold: -3, knee: 0, ratio: 20, attack: 0.001, release: 0.08 };
/** Web Audio's compressors make up for what they take: (1 / gain at full scale) ^ 0.6. Here that would be clipping. */
const LIMITER_MAKE_UP_DB = 0.6 * (3 - 3 / 20);
/** Nothing gets louder than this. */
const CEILING = 0.99;
const STRAIGHT_UP_TO = 0.8;
/** The shaper's curve reaches this far beyond full scale, for peaks that the limiter was too slow for. */
const SHAPED_UP_TO = 8;
const FADE_SECONDS = 0.015;

/**
 * Builds the way from `source` to `out`:
 *
 *             ┌─ dry ───────────────────────────────────┐
 *     source ─┤                                         ├─ gain ─ limiter ─ shaper ─ out
 *             └─ high-pass ×2 ─ low-pass ─ compressor ──┘
 *
 * The limiter keeps what is made louder below full scale; the shaper rounds off what it let through, so that nothing
 * ever clips. Works the same in an OfflineAudioContext.
 */
export function createSoundGraph(
  context: BaseAudioContext,
  source: AudioNode,
  out: AudioNode,
  first: SoundSettings,
): SoundGraph {
  const dry = new GainNode(context, { gain: first.filter ? 0 : 1 });
  const wet = new GainNode(context, { gain: first.filter ? 1 : 0 });
  const gain = new GainNode(context, { gain: fromDb(first.gainDb) });
  const passes = BUTTERWORTH_Q_DB.map(
    (Q) => new BiquadFilterNode(context, { type: 'highpass', frequency: HIGH_PASS_HZ, Q }),
  );
  const lowPass = new BiquadFilterNode(context, { type: 'lowpass', frequency: LOW_PASS_HZ, Q: -3 });
  chain([source, ...passes, lowPass, new DynamicsCompressorNode(context, COMPRESSOR), wet, gain]);
  chain([source, dry, gain]);
  chain([
    gain,
    new DynamicsCompressorNode(context, LIMITER),
    new GainNode(context, { gain: fromDb(-LIMITER_MAKE_UP_DB) / SHAPED_UP_TO }),
    new WaveShaperNode(context, { curve: softCurve(), oversample: 'none' }),
    out,
  ]);
  return {
    use({ gainDb, filter }) {
      const now = context.currentTime;
      dry.gain.setTargetAtTime(filter ? 0 : 1, now, FADE_SECONDS);
      wet.gain.setTargetAtTime(filter ? 1 : 0, now, FADE_SECONDS);
      gain.gain.setTargetAtTime(fromDb(gainDb), now, FADE_SECONDS);
    },
  };
}

function chain(nodes: readonly AudioNode[]): void {
  nodes.reduce((from, to) => from.connect(to));
}

const fromDb = (db: number): number => 10 ** (db / 20);

/** Straight as far as it is not loud, then bending towards the ceiling. */
function softCurve(): Float32Array<ArrayBuffer> {
  const points = 16_385;
  const room = CEILING - STRAIGHT_UP_TO;
  return Float32Array.from({ length: points }, (_, index) => {
    const value = ((2 * index) / (points - 1) - 1) * SHAPED_UP_TO;
    const size = Math.abs(value);
    if (size <= STRAIGHT_UP_TO) return value;
    return Math.sign(value) * (STRAIGHT_UP_TO + room * Math.tanh((size - STRAIGHT_UP_TO) / room));
  });
}
