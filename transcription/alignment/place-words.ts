import type { SpeechTimes } from './find-pauses.ts';
import { type Division, type TextWord, textWords } from './text-words.ts';

/** A word with its place in the audio. */
export interface PlacedWord {
  start: number;
  end: number;
  startMs: number;
  endMs: number;
}

/** Words of a stretch that are placed at once; within it they share its time by their length. */
const STRETCH_WORDS = 5;
/** Moments that are tried where nobody pauses. */
const STEP_MS = 160;
/** What a pause at each division costs, and what none does: as the negative logarithm of how likely it is. */
const COSTS: Readonly<Record<Division, { pause: number; short: number; none: number }>> = {
  sentence: { pause: 0, short: 0.7, none: 4 },
  clause: { pause: 0.4, short: 0.3, none: 1.3 },
  none: { pause: 2.2, short: 1.4, none: 0 },
};
const SHORT_PAUSE_MS = 320;
/** A pause within a stretch: somebody hesitates. */
const HESITATION = 2;

interface Moment {
  /** Where what comes before ends, and where what comes after begins: a pause lies between, or they are the same. */
  endMs: number;
  startMs: number;
  isPause: boolean;
}

interface Stretch {
  words: TextWord[];
  weight: number;
}

/** What is known of where a word begins before its surroundings are looked at. */
export interface Prior {
  /** Moments outside of these are not tried. */
  fromMs: number;
  toMs: number;
  /** The negative logarithm of how likely a moment is; only differences count. */
  cost(ms: number): number;
}

/** Where a word at this offset begins. `evenMs`: where it would, were all of the text said at one speed. */
export type PriorOf = (word: { char: number; evenMs: number; isFirst: boolean }) => Prior;

/**
 * Where in the audio each word is said. Pure.
 *
 * Among all ways of laying the text over the audio the likeliest is found: in which what is said takes time by its
 * length, full stops and commas fall into pauses, pauses onto them, and each stretch of words is where the prior
 * expects it. (Viterbi's algorithm over the beginnings of stretches of a few words, for each of which some tens of
 * moments are tried.)
 */
export function placeWords(text: string, speech: SpeechTimes, priorOf: PriorOf): PlacedWord[] {
  const stretches = stretchesOf(textWords(text));
  if (stretches.length === 0) return [];
  const { durationMs } = speech;
  const total = stretches.reduce((sum, { weight }) => sum + weight, 0);
  const spoken = speech.spokenUntil(durationMs);
  const msPerWeight = spoken / total;
  let passed = 0;
  const layers = stretches.map((stretch, at): { moments: Moment[]; costs: Float64Array } => {
    const even = speech.momentOf(passed * msPerWeight);
    passed += stretch.weight;
    const first = stretch.words[0];
    const prior = priorOf({ char: first?.start ?? 0, evenMs: even, isFirst: at === 0 });
    const moments = momentsBetween(speech, prior.fromMs, prior.toMs);
    const costs = Float64Array.from(
      moments,
      (moment) =>
        prior.cost(moment.startMs) + (at === 0 ? 0 : divisionCost(first?.division ?? 'none', moment)),
    );
    return { moments, costs };
  });
  const last = momentsAtEnd(speech);
  layers.push({ moments: last, costs: new Float64Array(last.length) });
  const path = likeliest(layers, stretches, speech, msPerWeight);
  return stretches.flatMap(({ words }, at) => {
    const from = path[at];
    const to = path[at + 1];
    return from && to ? spread(words, from.startMs, to.endMs, speech) : [];
  });
}

function stretchesOf(words: readonly TextWord[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const word of words) {
    const open = stretches.at(-1);
    if (open && word.division === 'none' && open.words.length < STRETCH_WORDS) {
      open.words.push(word);
      open.weight += word.weight;
    } else stretches.push({ words: [word], weight: word.weight });
  }
  return stretches;
}

function momentsAtEnd(speech: SpeechTimes): Moment[] {
  const { durationMs, pauses } = speech;
  const last = pauses.at(-1);
  const endMs = last && durationMs - last.endMs < 100 ? last.startMs : durationMs;
  return [{ endMs, startMs: endMs, isPause: true }];
}

/** The pauses between two moments, and moments at even steps in the speech between them. Ascending. */
function momentsBetween(speech: SpeechTimes, fromMs: number, toMs: number): Moment[] {
  const { pauses, durationMs } = speech;
  const moments: Moment[] = [];
  const from = Math.max(0, fromMs);
  const to = Math.min(durationMs, toMs);
  let next = speech.pausesUntil(from);
  let pause = pauses[next - 1];
  if (!pause || pause.endMs < from) pause = pauses[next];
  else next -= 1;
  for (let ms = Math.ceil(from / STEP_MS) * STEP_MS; ms <= to; ms += STEP_MS) {
    while (pause && pause.startMs < ms) {
      moments.push({ endMs: pause.startMs, startMs: pause.endMs, isPause: true });
      next += 1;
      pause = pauses[next];
    }
    const before = pauses[next - 1];
    if (before && ms < before.endMs + STEP_MS / 2) continue;
    if (pause && ms > pause.startMs - STEP_MS / 2) continue;
    moments.push({ endMs: ms, startMs: ms, isPause: false });
  }
  if (moments.length === 0) moments.push({ endMs: from, startMs: from, isPause: false });
  return moments;
}

function divisionCost(division: Division, { isPause, startMs, endMs }: Moment): number {
  const costs = COSTS[division];
  if (!isPause) return costs.none;
  return startMs - endMs < SHORT_PAUSE_MS ? costs.short : costs.pause;
}

/** What it costs that words of this weight take so long: people speak unevenly, short stretches more so. */
function tempoCost(spokenMs: number, expectedMs: number): number {
  const sigma = 0.22 + 60 / expectedMs;
  const off = Math.log(Math.max(40, spokenMs) / expectedMs) / sigma;
  return Math.min(18, 0.5 * off * off);
}

function likeliest(
  layers: readonly { moments: Moment[]; costs: Float64Array }[],
  stretches: readonly Stretch[],
  speech: SpeechTimes,
  msPerWeight: number,
): Moment[] {
  let best = layers[0]?.costs ?? new Float64Array();
  const came: Int32Array[] = [];
  const measured = layers.map(({ moments }) =>
    moments.map(({ startMs, endMs }) => ({
      spokenAtStart: speech.spokenUntil(startMs),
      spokenAtEnd: speech.spokenUntil(endMs),
      pausesAtStart: speech.pausesUntil(startMs),
      pausesAtEnd: speech.pausesUntil(endMs),
    })),
  );
  for (let at = 1; at < layers.length; at++) {
    const layer = layers[at];
    const from = measured[at - 1] ?? [];
    const to = measured[at] ?? [];
    const expected = (stretches[at - 1]?.weight ?? 1) * msPerWeight;
    const costs = new Float64Array(to.length);
    const back = new Int32Array(to.length);
    for (const [index, end] of to.entries()) {
      let least = Number.POSITIVE_INFINITY;
      let chosen = 0;
      for (const [other, begin] of from.entries()) {
        const spoken = end.spokenAtEnd - begin.spokenAtStart;
        const hesitations = Math.max(0, end.pausesAtEnd - begin.pausesAtStart);
        // Two places in the wrong order: only when nothing else is left.
        const order = spoken < 0 ? 50 - spoken / 10 : 0;
        const cost = (best[other] ?? 0) + order + tempoCost(spoken, expected) + HESITATION * hesitations;
        if (cost < least) {
          least = cost;
          chosen = other;
        }
      }
      costs[index] = least + (layer?.costs[index] ?? 0);
      back[index] = chosen;
    }
    came.push(back);
    best = costs;
  }
  let index = best.indexOf(Math.min(...best));
  const path: Moment[] = [];
  for (let at = layers.length - 1; at >= 0; at--) {
    const moment = layers[at]?.moments[index];
    if (moment) path.push(moment);
    index = came[at - 1]?.[index] ?? 0;
  }
  return path.reverse();
}

/** Words between two moments, by their length over what is spoken in between. */
function spread(words: readonly TextWord[], fromMs: number, toMs: number, speech: SpeechTimes): PlacedWord[] {
  const begin = speech.spokenUntil(fromMs);
  const total = Math.max(0, speech.spokenUntil(toMs) - begin);
  const weight = words.reduce((sum, word) => sum + word.weight, 0);
  let passed = 0;
  return words.map(({ start, end, weight: own }, at) => {
    const startMs = at === 0 ? fromMs : speech.momentOf(begin + (passed / weight) * total);
    passed += own;
    const reached = speech.momentOf(begin + (passed / weight) * total);
    // A pause after the word is not part of it.
    const pause = speech.pauses[speech.pausesUntil(reached) - 1];
    const quiet = pause && pause.endMs >= reached && pause.startMs >= startMs ? pause.startMs : reached;
    return {
      start,
      end,
      startMs: Math.round(startMs),
      endMs: Math.round(at === words.length - 1 ? Math.max(startMs, toMs) : Math.max(startMs, quiet)),
    };
  });
}
