import { PhoneProblem } from './phone-api.ts';

export interface Microphone {
  isOn(): boolean;
  /** @throws PhoneProblem when there is none, or it may not be used */
  start(): Promise<void>;
  /** What was heard since the start, as a WAV file; null when it was off or nothing was heard. */
  stop(): Promise<Blob | null>;
}

/** What telephones carry. */
const TELEPHONE_RATE = 8000;

interface Listening {
  context: AudioContext;
  stream: MediaStream;
  pieces: Float32Array[];
}

/** @param onSound gets the loudness, 0 to 1, and how long it has been on, many times a second */
export function createMicrophone({
  onSound,
}: {
  onSound: (level: number, seconds: number) => void;
}): Microphone {
  let listening: Listening | null = null;

  return {
    isOn: () => listening !== null,
    async start() {
      if (listening !== null) return;
      const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => undefined);
      if (stream === undefined) {
        throw new PhoneProblem(
          'The microphone can’t be used. Allow it for this page, or say a file instead.',
        );
      }
      const context = await createContext(stream);
      const pieces: Float32Array[] = [];
      let samples = 0;
      await context.audioWorklet.addModule('/assets/phone-worklet.js');
      const listener = new AudioWorkletNode(context, 'phone-listener');
      listener.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
        pieces.push(data);
        samples += data.length;
        onSound(loudness(data), samples / context.sampleRate);
      };
      context.createMediaStreamSource(stream).connect(listener);
      listening = { context, stream, pieces };
    },
    async stop() {
      if (listening === null) return null;
      const { context, stream, pieces } = listening;
      listening = null;
      onSound(0, 0);
      for (const track of stream.getTracks()) track.stop();
      const { sampleRate } = context;
      await context.close();
      return pieces.length === 0 ? null : encodeWav(pieces, sampleRate);
    },
  };
}

/** At the telephone's rate where the browser converts; Firefox doesn't, there the server does. */
async function createContext(stream: MediaStream): Promise<AudioContext> {
  const context = new AudioContext({ sampleRate: TELEPHONE_RATE });
  try {
    context.createMediaStreamSource(stream);
    return context;
  } catch {
    await context.close();
    return new AudioContext();
  }
}

/** Root of the mean square, spread so that speech moves the needle. */
function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / samples.length) * 4);
}

/** One channel, 16 bits. */
export function encodeWav(pieces: readonly Float32Array[], sampleRate: number): Blob {
  const count = pieces.reduce((sum, { length }) => sum + length, 0);
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const write = (at: number, text: string) => {
    for (const [index, letter] of [...text].entries()) view.setUint8(at + index, letter.charCodeAt(0));
  };
  write(0, 'RIFF');
  view.setUint32(4, 36 + count * 2, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, count * 2, true);
  let at = 44;
  for (const piece of pieces) {
    for (const sample of piece) {
      view.setInt16(at, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
      at += 2;
    }
  }
  return new Blob([view], { type: 'audio/wav' });
}
