import { pausesOfLevels, quietBelow, type SpeechTimes } from './find-pauses.ts';
import { type Features, normalize, readFeatures, WIDTH } from './mfcc.ts';
import type { SpeechSynthesizer } from './speech-synthesizer.ts';
import { type TextWord, textWords } from './text-words.ts';
import type { Sequence } from './warp.ts';

/** What is read aloud at once: within it only the length of the words tells where each begins. */
const PIECE_WORDS = 9;

/** A text as it sounds, silence left out. */
export interface ReadAloud {
  sequence: Sequence;
  /** For each step the word that is said, by its offset in the text, and how much of it has been said. */
  words: { char: number; share: number }[];
}

/**
 * Has a text read aloud, piece by piece, and notes which word sounds at each step. A dictation of an hour becomes some
 * 1,500 pieces of milliseconds each.
 * @throws Error the synthesizer fails
 */
export async function readAloud(
  text: string,
  synthesizer: SpeechSynthesizer,
  pause: () => Promise<void>,
): Promise<ReadAloud> {
  const pieces: { words: TextWord[]; features: Features }[] = [];
  for (const words of piecesOf(text)) {
    const said = text.slice(words[0]?.start, words.at(-1)?.end).replace(/\s+/g, ' ');
    const { samples, sampleRate } = await synthesizer.speak(said);
    pieces.push({ words, features: await readFeatures(samples, sampleRate, pause) });
  }
  // A piece of a few words may be without a pause, so all of them tell together what is quiet.
  const quiet = quietBelow(Float32Array.from(pieces.flatMap(({ features }) => [...features.levels])));
  const words: ReadAloud['words'] = [];
  const parts: Sequence[] = [];
  for (const { words: piece, features } of pieces) {
    const { levels, stepMs, count } = features;
    const steps = spokenSteps(
      features,
      pausesOfLevels(levels, { stepMs, durationMs: count * stepMs, quiet }),
    );
    parts.push(pickSteps(features, steps));
    words.push(...sharedOut(piece, steps.length));
  }
  const sequence = joined(parts);
  normalize(
    sequence,
    Array.from({ length: sequence.count }, (_, at) => at),
  );
  return { sequence, words };
}

/** The steps at which somebody speaks. */
export function spokenSteps(
  { count, stepMs }: Pick<Features, 'count' | 'stepMs'>,
  speech: SpeechTimes,
): number[] {
  const steps: number[] = [];
  let at = 0;
  for (let step = 0; step < count; step++) {
    const ms = step * stepMs;
    while (at < speech.pauses.length && (speech.pauses[at]?.endMs ?? 0) <= ms) at += 1;
    const pause = speech.pauses[at];
    if (!pause || ms < pause.startMs) steps.push(step);
  }
  return steps;
}

export function pickSteps({ values }: Pick<Features, 'values'>, steps: readonly number[]): Sequence {
  const picked = new Float32Array(steps.length * WIDTH);
  for (const [at, step] of steps.entries())
    picked.set(values.subarray(step * WIDTH, (step + 1) * WIDTH), at * WIDTH);
  return { values: picked, count: steps.length };
}

function piecesOf(text: string): TextWord[][] {
  const pieces: TextWord[][] = [];
  for (const word of textWords(text)) {
    const open = pieces.at(-1);
    if (open && word.division === 'none' && open.length < PIECE_WORDS) open.push(word);
    else pieces.push([word]);
  }
  return pieces;
}

/** The steps of a piece given to its words by their length. */
function sharedOut(piece: readonly TextWord[], steps: number): ReadAloud['words'] {
  const total = piece.reduce((sum, { weight }) => sum + weight, 0);
  let at = 0;
  let passed = 0;
  return Array.from({ length: steps }, (_, step) => {
    const reached = ((step + 0.5) / steps) * total;
    let word = piece[at];
    while (word && at < piece.length - 1 && passed + word.weight <= reached) {
      passed += word.weight;
      at += 1;
      word = piece[at];
    }
    return { char: word?.start ?? 0, share: Math.min(1, (reached - passed) / (word?.weight ?? 1)) };
  });
}

function joined(parts: readonly Sequence[]): Sequence {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const values = new Float32Array(count * WIDTH);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at * WIDTH);
    at += part.count;
  }
  return { values, count };
}
