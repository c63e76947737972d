import { pausesOfLevels, type SpeechTimes } from './find-pauses.ts';
import { normalize, readFeatures } from './mfcc.ts';
import { type PlacedWord, placeWords } from './place-words.ts';
import { pickSteps, type ReadAloud, readAloud, spokenSteps } from './read-aloud.ts';
import type { SpeechSynthesizer } from './speech-synthesizer.ts';
import { warp } from './warp.ts';

/** How far off a found moment mostly is, in ms of speech, and how far it may be moved to a pause. */
const SIGMA_MS = 160;
const FURTHEST_MS = 800;
/** Beyond this a found moment is wrong anyway, and says nothing more. */
const WORST = 8;

export interface SpeechToAlign {
  text: string;
  samples: Int16Array;
  sampleRate: number;
  /** Where the words are as far as the typing tells. */
  placed: readonly PlacedWord[];
  synthesizer: SpeechSynthesizer;
  /** Lets others have the process for a moment. */
  pause(): Promise<void>;
}

/**
 * Where each word is said, by listening: the text is read aloud by a synthesizer, and both sounds are laid over each
 * other by what they sound like (the idea of aeneas: no speech is recognized). Silence is left out of both, for nobody
 * pauses where a synthesizer does. Looked for near the places that the typing tells; at the end the pauses and the
 * tempo have a say again, because a boundary that lies in a pause is heard right to the millisecond.
 * @throws Error the synthesizer fails
 */
export async function alignSpeech(wanted: SpeechToAlign): Promise<PlacedWord[]> {
  const { text, samples, sampleRate, placed, synthesizer, pause } = wanted;
  const heard = await readFeatures(samples, sampleRate, pause);
  const speech = pausesOfLevels(heard.levels, {
    stepMs: heard.stepMs,
    durationMs: (samples.length * 1000) / sampleRate,
  });
  const steps = spokenSteps(heard, speech);
  const known = await readAloud(text, synthesizer, pause);
  if (steps.length === 0 || known.sequence.count === 0) return [...placed];
  normalize(heard, steps);
  const path = await warp(known.sequence, pickSteps(heard, steps), {
    centers: expectedSteps(known, placed, speech, heard.stepMs),
    stepsASecond: 1000 / heard.stepMs,
    pause,
  });
  /** Ms of speech before each word. */
  const found = new Map<number, number>();
  for (const [at, { char }] of known.words.entries()) {
    if (found.has(char)) continue;
    found.set(char, speech.spokenUntil((steps[path[at] ?? 0] ?? 0) * heard.stepMs));
  }
  return placeWords(text, speech, ({ char, evenMs }) => {
    // Told in speech and not in time: before a pause and after it is the same place.
    const said = found.get(char) ?? speech.spokenUntil(evenMs);
    return {
      fromMs: speech.momentOf(said - FURTHEST_MS),
      toMs: speech.momentOf(said + FURTHEST_MS),
      cost: (ms) => Math.min(WORST, 0.5 * ((speech.spokenUntil(ms) - said) / SIGMA_MS) ** 2),
    };
  });
}

function expectedSteps(
  known: ReadAloud,
  placed: readonly PlacedWord[],
  speech: SpeechTimes,
  stepMs: number,
): Float64Array {
  const byChar = new Map(placed.map((word) => [word.start, word]));
  let reached = 0;
  return Float64Array.from(known.words, ({ char, share }) => {
    const word = byChar.get(char);
    if (word) {
      const ms = word.startMs + share * (word.endMs - word.startMs);
      reached = Math.max(reached, speech.spokenUntil(ms) / stepMs);
    }
    return reached;
  });
}
