import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Something that reads a text aloud. */
export interface SpeechSynthesizer {
  /** 16-bit mono samples of a piece of text. */
  speak(text: string): Promise<{ samples: Int16Array; sampleRate: number }>;
}

const run = promisify(execFile);
const PROGRAM = 'espeak-ng';
/** Whatever was said, one piece of it takes milliseconds; a program that hangs must not hold the work. */
const PATIENCE_MS = 20_000;
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Voices by language; any other language has one of its own name. */
const VOICES: Readonly<Record<string, string>> = { en: 'en-us', es: 'es-419', pt: 'pt-br' };

/** The system's espeak-ng, for the voice of a language such as en-US; null where it is not installed. */
export async function findSynthesizer(): Promise<((language: string) => SpeechSynthesizer) | null> {
  try {
    await run(PROGRAM, ['--version'], { timeout: PATIENCE_MS });
  } catch {
    return null;
  }
  return (language) => {
    const code = /^[a-z]{2,3}/i.exec(language)?.[0].toLowerCase() ?? 'en';
    return speakWith(VOICES[code] ?? code);
  };
}

function speakWith(voice: string): SpeechSynthesizer {
  return {
    async speak(text) {
      // By its input and not as an argument: everybody on the machine can read those.
      const spoken = run(PROGRAM, ['-v', voice, '-z', '--stdin', '--stdout'], {
        encoding: 'buffer',
        timeout: PATIENCE_MS,
        maxBuffer: LARGEST_BYTES,
      });
      // A program that ends before it has read all says so by its exit.
      spoken.child.stdin?.on('error', () => {});
      spoken.child.stdin?.end(text);
      return samplesOf((await spoken).stdout);
    },
  };
}

const HEADER_BYTES = 44;

function samplesOf(wav: Buffer): { samples: Int16Array; sampleRate: number } {
  const sampleRate = wav.length >= HEADER_BYTES ? wav.readUInt32LE(24) : 0;
  if (sampleRate < 4000) throw new Error(`The synthesizer gave no audio: ${wav.length} bytes`);
  const body = wav.subarray(HEADER_BYTES);
  const samples = new Int16Array(body.length >> 1);
  for (let at = 0; at < samples.length; at++) samples[at] = body.readInt16LE(at * 2);
  return { samples, sampleRate };
}
