import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { throughPhone } from './phone-line.ts';
import { type Chance, createChance } from './random.ts';

/** A dictation of which it is known when each word is spoken. */
export interface SpokenDictation {
  text: string;
  units: { start: number; end: number }[];
  /** Each word of the text in order. */
  words: { start: number; end: number; startMs: number; endMs: number }[];
  /** Whether the words' times are the synthesizer's; else they are reckoned within their phrase. */
  isExact: boolean;
  /** Speech of each unit, from its first sound to the end of its last. */
  unitTimes: { startMs: number; endMs: number }[];
  samples: Int16Array;
  sampleRate: number;
}

export interface Speaker {
  program: 'espeak-ng' | 'flite';
  voice: string;
  wordsPerMinute: number;
  /** Decibels between speech and noise. */
  noiseDb: number;
}

export interface WrittenUnit {
  text: string;
  para?: boolean;
}

const PHONE_RATE = 8000;
/** About six in a hundred spoken words are disfluencies (Fox Tree 1995; Bortfeld and others 2001): two of them fillers. */
const FILLERS = 0.02;
const REPEATS = 0.01;
const HESITATIONS = 0.03;

interface Phrase {
  text: string;
  wordsPerMinute: number;
  gapMs: number;
  /** For each word spoken: which word of the text it is, or null for one that nobody types. */
  says: (number | null)[];
  unit: number;
}

/** Reads the units aloud as somebody thinking on their feet would: uneven speed, pauses, fillers, words begun twice. */
export function speakDictation(
  units: readonly WrittenUnit[],
  speaker: Speaker,
  seed: number,
): SpokenDictation {
  const chance = createChance(seed);
  const written = writeDown(units);
  const phrases = units.flatMap((unit, at) => phrasesOf(unit, at, { written, speaker, chance }));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'spoken-'));
  try {
    const spoken =
      speaker.program === 'espeak-ng'
        ? byEspeak(phrases, speaker.voice, folder)
        : byFlite(phrases, speaker, folder);
    return layOut(written, phrases, spoken, speaker.noiseDb, chance);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Written {
  text: string;
  units: { start: number; end: number }[];
  words: { start: number; end: number; unit: number }[];
}

function writeDown(units: readonly WrittenUnit[]): Written {
  let text = '';
  const placed = units.map((unit, at) => {
    if (at > 0) text += unit.para ? '\n\n' : ' ';
    const start = text.length;
    text += unit.text;
    return { start, end: text.length };
  });
  const words = placed.flatMap(({ start, end }, unit) =>
    [...text.slice(start, end).matchAll(/\S+/g)].map((match) => ({
      start: start + match.index,
      end: start + match.index + match[0].length,
      unit,
    })),
  );
  return { text, units: placed, words };
}

function phrasesOf(
  unit: WrittenUnit,
  at: number,
  { written, speaker, chance }: { written: Written; speaker: Speaker; chance: Chance },
): Phrase[] {
  const ends = /[.!?]$/.test(
    written.text.slice(0, Math.max(0, (written.units[at]?.start ?? 0) - 1)).trimEnd(),
  );
  let gapMs = unit.para
    ? chance.lognormal(1400, 0.5)
    : ends
      ? chance.lognormal(600, 0.5)
      : chance.lognormal(220, 0.7);
  const phrases: Phrase[] = [];
  let says: (number | null)[] = [];
  let said: string[] = [];
  const close = (nextGapMs: number) => {
    if (said.length > 0)
      phrases.push({
        text: said.join(' '),
        wordsPerMinute: Math.round(
          Math.min(320, Math.max(100, chance.lognormal(speaker.wordsPerMinute, 0.12))),
        ),
        gapMs,
        says,
        unit: at,
      });
    gapMs = nextGapMs;
    says = [];
    said = [];
  };
  for (const [index, word] of written.words.entries()) {
    if (word.unit !== at) continue;
    if (said.length > 0 && chance.happens(HESITATIONS)) close(chance.lognormal(700, 0.6));
    if (chance.happens(FILLERS)) {
      close(chance.lognormal(250, 0.5));
      said.push(chance.happens(0.5) ? 'um' : 'uh');
      says.push(null);
      close(chance.lognormal(250, 0.5));
    }
    const letters = written.text.slice(word.start, word.end);
    if (chance.happens(REPEATS)) {
      said.push(letters.replace(/[^\p{L}\p{N}']+$/u, ''));
      says.push(null);
    }
    said.push(letters);
    says.push(index);
  }
  close(0);
  return phrases;
}

/** Samples of a phrase without silence around it, and where each spoken word begins and ends in them. */
interface SpokenPhrase {
  samples: Int16Array;
  words: { start: number; end: number }[];
}

interface Spoken {
  sampleRate: number;
  isExact: boolean;
  phrases: SpokenPhrase[];
}

interface WordTimes {
  sampleRate: number;
  phrases: { samples: number; words: [number, number][]; sounds: [string, number][] }[];
}

function byEspeak(phrases: readonly Phrase[], voice: string, folder: string): Spoken {
  const file = path.join(folder, 'samples.raw');
  const input = JSON.stringify({ voice, samples: file, phrases });
  const script = path.join(import.meta.dirname, 'word-times.py');
  const told = JSON.parse(
    execFileSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 }),
  ) as WordTimes;
  const samples = samplesOf(readFileSync(file));
  let from = 0;
  const spoken = told.phrases.map((phrase, at): SpokenPhrase => {
    const whole = samples.subarray(from, from + phrase.samples);
    from += phrase.samples;
    const isSilence = (sound: string) => sound.startsWith('_') || sound === '';
    const heard = phrase.sounds.filter(([sound]) => !isSilence(sound));
    const first = heard[0]?.[1] ?? 0;
    const lastSound = heard.at(-1)?.[1] ?? 0;
    const last = phrase.sounds.find(([, sample]) => sample > lastSound)?.[1] ?? phrase.samples;
    const tokens = [...(phrases[at]?.text ?? '').matchAll(/\S+/g)];
    const words = tokens.map((token, index) => {
      const next = tokens[index + 1]?.index ?? Number.POSITIVE_INFINITY;
      const begin = phrase.words.find(([character]) => character >= token.index && character < next)?.[1];
      return { index, begin };
    });
    const starts = words.map(({ begin }, index) => {
      // A word that the synthesizer runs together with the one before has no event of its own.
      if (begin !== undefined) return heard.find(([, sample]) => sample >= begin)?.[1] ?? begin;
      return words.slice(0, index).findLast((word) => word.begin !== undefined)?.begin ?? first;
    });
    const placed = starts.map((start, index) => {
      const next = starts.slice(index + 1).find((other) => other > start) ?? last;
      const pause = phrase.sounds.find(
        ([sound, sample]) => isSilence(sound) && sample > start && sample < next,
      );
      return { start: start - first, end: (pause?.[1] ?? next) - first };
    });
    return { samples: whole.subarray(first, last), words: placed };
  });
  return { sampleRate: told.sampleRate, isExact: true, phrases: spoken };
}

function byFlite(phrases: readonly Phrase[], { voice, wordsPerMinute }: Speaker, folder: string): Spoken {
  let sampleRate = 16_000;
  const spoken = phrases.map((phrase): SpokenPhrase => {
    const file = path.join(folder, 'phrase.wav');
    const stretch = wordsPerMinute / phrase.wordsPerMinute;
    execFileSync('flite', [
      '-voice',
      voice,
      '--setf',
      `duration_stretch=${stretch.toFixed(3)}`,
      '-t',
      phrase.text,
      '-o',
      file,
    ]);
    const wav = readFileSync(file);
    sampleRate = wav.readUInt32LE(24);
    const samples = trimmed(samplesOf(wav.subarray(44)));
    const words = [...phrase.text.matchAll(/\S+/g)].map(({ index, 0: word }) => ({
      start: (index / phrase.text.length) * samples.length,
      end: ((index + word.length) / phrase.text.length) * samples.length,
    }));
    return { samples, words };
  });
  return { sampleRate, isExact: false, phrases: spoken };
}

function samplesOf(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, at) => bytes.readInt16LE(at * 2));
}

/** Without the silence that a synthesizer puts around what it says. */
function trimmed(samples: Int16Array): Int16Array {
  const quiet = 200;
  const first = samples.findIndex((sample) => Math.abs(sample) > quiet);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > quiet);
  return first < 0 ? samples.subarray(0, 0) : samples.subarray(first, last + 1);
}

function layOut(
  written: Written,
  phrases: readonly Phrase[],
  spoken: Spoken,
  noiseDb: number,
  chance: Chance,
): SpokenDictation {
  const { sampleRate } = spoken;
  const toMs = (samples: number) => (samples * 1000) / sampleRate;
  const toSamples = (ms: number) => Math.round((ms * sampleRate) / 1000);
  // Somebody takes a breath after the tone, and hangs up some time after the last word.
  let length = toSamples(chance.between(300, 2000));
  const pieces: { at: number; samples: Int16Array }[] = [];
  const words: SpokenDictation['words'] = written.words.map(({ start, end }) => ({
    start,
    end,
    startMs: 0,
    endMs: 0,
  }));
  const unitTimes: { startMs: number; endMs: number }[] = [];
  for (const [at, phrase] of phrases.entries()) {
    const said = spoken.phrases[at];
    if (!said) continue;
    if (at > 0) length += toSamples(phrase.gapMs);
    pieces.push({ at: length, samples: said.samples });
    for (const [index, word] of phrase.says.entries()) {
      const times = said.words[index];
      if (word === null || !times) continue;
      words[word] = {
        ...(words[word] ?? { start: 0, end: 0 }),
        startMs: toMs(length + times.start),
        endMs: toMs(length + times.end),
      };
    }
    const startMs = toMs(length);
    length += said.samples.length;
    if (phrase.says.every((word) => word === null)) continue;
    const unit = unitTimes[phrase.unit];
    unitTimes[phrase.unit] = { startMs: unit?.startMs ?? startMs, endMs: toMs(length) };
  }
  length += toSamples(chance.between(500, 3000));
  const whole = new Int16Array(length);
  for (const piece of pieces) whole.set(piece.samples, piece.at);
  return {
    text: written.text,
    units: written.units,
    words,
    unitTimes,
    isExact: spoken.isExact,
    samples: throughPhone(whole, sampleRate, { noiseDb, chance }),
    sampleRate: PHONE_RATE,
  };
}
