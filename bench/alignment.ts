/**
 * Where in the audio a word and a unit are, told from the typing and by listening, against what the synthesizer that
 * spoke tells of each of its words. Dictations of the demo company are spoken with uneven speed, hesitations, fillers
 * and words begun twice, sent through a telephone's band with noise, and typed along by models of two typists.
 *
 *   npm run bench alignment [DICTATIONS]     (needs Debian's espeak-ng and python3; with flite, other voices too)
 *
 * Milliseconds off, median and 95th percentile. Words are measured on espeak-ng's voices, which tell of each word;
 * units on all. The voice that listens (en-us) is none of those that speak.
 */
import { execFileSync } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { alignSpeech } from '../transcription/alignment/align-speech.ts';
import type { Anchor } from '../transcription/alignment/clean-anchors.ts';
import { findPauses } from '../transcription/alignment/find-pauses.ts';
import { placeByTyping } from '../transcription/alignment/place-by-typing.ts';
import type { PlacedWord } from '../transcription/alignment/place-words.ts';
import { findSynthesizer } from '../transcription/alignment/speech-synthesizer.ts';
import { unitsOfWords } from '../transcription/alignment/units-of-words.ts';
import { createPeaks, PEAKS_PER_SECOND } from '../transcription/audio/peaks.ts';
import { type AudioSpan, placeInAudio } from '../transcription/reports/place-in-audio.ts';
import { readGoldReports } from '../transcription/thought-units/training/gold-report.ts';
import { snapToPauses } from './support/alignment/before/snap-to-pauses.ts';
import { type Speaker, type SpokenDictation, speakDictation } from './support/alignment/speak-dictation.ts';
import { TYPISTS, typeAlong } from './support/alignment/type-along.ts';
import { machine, percentile } from './support/bench-platform.ts';

const DICTATIONS = Number(process.argv[2] ?? 24);
const SPEAKERS: readonly Speaker[] = [
  { program: 'espeak-ng', voice: 'en-us+m3', wordsPerMinute: 165, noiseDb: 25 },
  { program: 'flite', voice: 'slt', wordsPerMinute: 165, noiseDb: 20 },
  { program: 'espeak-ng', voice: 'en-gb-scotland+f2', wordsPerMinute: 150, noiseDb: 20 },
  { program: 'flite', voice: 'rms', wordsPerMinute: 165, noiseDb: 20 },
  { program: 'espeak-ng', voice: 'en-us-nyc+klatt2', wordsPerMinute: 185, noiseDb: 15 },
  { program: 'flite', voice: 'awb', wordsPerMinute: 165, noiseDb: 15 },
];
const METHODS = {
  even: '(a) spread evenly by characters',
  before: '(b) by anchors, cut at the nearest pause',
  typing: '(c) by typing, pauses and tempo',
  listening: '(d) by listening, from (c)',
  blind: '(c) with no anchors at all',
  blindListening: '(d) with no anchors at all',
};

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return error instanceof Error && 'status' in error && typeof error.status === 'number';
  }
}

interface Placed {
  wordAt: (char: number) => number;
  units: readonly AudioSpan[];
}

class Errors {
  readonly word: number[] = [];
  readonly start: number[] = [];
  readonly end: number[] = [];

  note({ words, isExact, unitTimes }: SpokenDictation, { wordAt, units }: Placed): void {
    if (isExact) for (const { start, startMs } of words) this.word.push(Math.abs(wordAt(start) - startMs));
    for (const [at, truth] of unitTimes.entries()) {
      this.start.push(Math.abs((units[at]?.audioStartMs ?? 0) - truth.startMs));
      this.end.push(Math.abs((units[at]?.audioEndMs ?? 0) - truth.endMs));
    }
  }

  row() {
    const of = (values: readonly number[], share: number) => Math.round(percentile(values, share));
    return {
      'word p50': of(this.word, 0.5),
      'word p95': of(this.word, 0.95),
      'unit start p50': of(this.start, 0.5),
      'unit start p95': of(this.start, 0.95),
      'unit end p50': of(this.end, 0.5),
      'unit end p95': of(this.end, 0.95),
    };
  }
}

const synthesizerFor = await findSynthesizer();
if (!synthesizerFor || !runs('python3')) {
  console.log('This needs espeak-ng and python3, which are not installed here.');
  process.exit(0);
}
const listener = synthesizerFor('en-US');
const speakers = SPEAKERS.filter(({ program }) => program !== 'flite' || runs('flite'));
const reports = readGoldReports(new URL('../app/demo/company', import.meta.url).pathname);

const errors = new Map<string, Errors>();
const cost = { audioMs: 0, typingMs: 0, listeningMs: 0, ownMs: 0, longestHeldMs: 0 };
let words = 0;
let anchorCount = 0;

for (let at = 0; at < DICTATIONS; at++) {
  const speaker = speakers[at % speakers.length];
  const report = reports[(at * 3 + 1) % reports.length];
  if (!speaker || !report) throw new Error('no speakers or no texts');
  const spoken = speakDictation(report.units, speaker, at + 50);
  const { text, samples, sampleRate } = spoken;
  const durationMs = (samples.length * 1000) / sampleRate;
  const builder = createPeaks(sampleRate);
  builder.push(samples);
  const waveform = { peaks: new Uint8Array(builder.finish()), peaksPerSecond: PEAKS_PER_SECOND };
  words += spoken.words.length;

  const note = (method: keyof typeof METHODS, placed: Placed) => {
    const row = errors.get(method) ?? new Errors();
    errors.set(method, row);
    row.note(spoken, placed);
  };
  const byAnchors = (anchors: readonly Anchor[], snap: boolean): Placed => {
    const known = { anchors, textLength: text.length, durationMs };
    const spans = placeInAudio(spoken.units, known);
    const starts = placeInAudio(spoken.words, known);
    const index = new Map(spoken.words.map(({ start }, word) => [start, starts[word]?.audioStartMs ?? 0]));
    return { wordAt: (char) => index.get(char) ?? 0, units: snap ? snapToPauses(spans, waveform) : spans };
  };
  const byWords = (placed: readonly PlacedWord[]): Placed => {
    const index = new Map(placed.map(({ start, startMs }) => [start, startMs]));
    return { wordAt: (char) => index.get(char) ?? 0, units: unitsOfWords(spoken.units, placed, durationMs) };
  };
  const listenFrom = (placed: readonly PlacedWord[]) =>
    alignSpeech({ text, samples, sampleRate, placed, synthesizer: listener, pause: () => nextTurn() });

  const speech = findPauses(waveform, durationMs);
  for (const [index, typist] of TYPISTS.entries()) {
    const anchors = typeAlong({ text, words: spoken.words, durationMs }, typist, 1000 * index + at);
    anchorCount += anchors.length;
    note('even', byAnchors([], false));
    note('before', byAnchors(anchors, true));
    const begun = performance.now();
    const typed = placeByTyping(text, anchors, speech);
    cost.typingMs += performance.now() - begun;
    note('typing', byWords(typed));
    const listened = performance.now();
    const own = process.cpuUsage();
    const held = monitorEventLoopDelay({ resolution: 5 });
    held.enable();
    const heard = await listenFrom(typed);
    held.disable();
    cost.longestHeldMs = Math.max(cost.longestHeldMs, held.max / 1e6);
    const { user, system } = process.cpuUsage(own);
    cost.ownMs += (user + system) / 1000;
    cost.listeningMs += performance.now() - listened;
    note('listening', byWords(heard));
    cost.audioMs += durationMs;
  }
  const blind = placeByTyping(text, [], speech);
  note('blind', byWords(blind));
  note('blindListening', byWords(await listenFrom(blind)));
}

const share = (ms: number) => `${((100 * ms) / cost.audioMs).toFixed(2)} %`;
console.log(
  `${DICTATIONS} dictations, ${words} words, ${speakers.length} voices, ${TYPISTS.length} typists with ` +
    `${anchorCount} anchors; ${machine()}. Milliseconds off:`,
);
console.table(
  Object.fromEntries(
    Object.entries(METHODS).map(([method, name]) => [name, errors.get(method)?.row() ?? {}]),
  ),
);
console.log(
  `As a share of the audio's length: (c) takes ${share(cost.typingMs)}, (d) ${share(cost.listeningMs)}, of which ` +
    `${share(cost.ownMs)} is this process's own work; it was held for ${Math.round(cost.longestHeldMs)} ms at most.`,
);
