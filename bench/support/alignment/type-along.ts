import type { Anchor } from '../../../review-console/browser/workbench/audio/anchors.ts';
import { audioAt } from '../../../review-console/browser/workbench/audio/anchors.ts';
import { heardUntil, jumpedTo, resumeAt } from '../../../review-console/browser/workbench/audio/back-step.ts';
import { type Typed, typeInto } from '../../../review-console/browser/workbench/text/typing.ts';
import { createChance } from './random.ts';

/**
 * How somebody types along. Figures: 52 words a minute are the mean of 168,000 people, the fastest reach 120, and the
 * time between two keys spreads log-normally (Dhakal, Feit, Kristensson, Oulasvirta: Observations on Typing from 136
 * Million Keystrokes, CHI 2018); transcription services ask for 60 to 100 and reckon three to four minutes of work a
 * minute of audio. Seven words, more or less, are what one keeps in mind (Miller 1956; about two seconds of speech,
 * Baddeley 1975). Between hearing and the first key lie some 0.3 to 0.6 s.
 */
export interface Typist {
  name: string;
  wordsPerMinute: number;
  /** Speed at which the audio is played. */
  speed: number;
  /** Words kept in mind before the audio is stopped; about so many. */
  keeps: number;
  /** Words still to be typed when the audio goes on; 0 for those who hear, stop, and type all of it. */
  goesOnAt: number;
  backStepSeconds: number;
  reactionMs: number;
  /** Share of words that are mistyped and mended at once. */
  slips: number;
  /** Share of words after which something earlier is mended. */
  returns: number;
  /** Hears it all again at the end and mends some words. */
  proofreads: boolean;
}

export const TYPISTS: readonly Typist[] = [
  {
    name: 'types behind',
    wordsPerMinute: 85,
    speed: 0.75,
    keeps: 7,
    goesOnAt: 3,
    backStepSeconds: 1,
    reactionMs: 450,
    slips: 0.06,
    returns: 0.008,
    proofreads: true,
  },
  {
    name: 'hears, stops, types',
    wordsPerMinute: 65,
    speed: 1,
    keeps: 8,
    goesOnAt: 0,
    backStepSeconds: 1.5,
    reactionMs: 550,
    slips: 0.08,
    returns: 0.012,
    proofreads: false,
  },
];

interface Heard {
  text: string;
  words: readonly { start: number; end: number; startMs: number; endMs: number }[];
  durationMs: number;
}

/**
 * Types a dictation's text while hearing it and returns what the workbench recorded: the text goes through the same
 * code as its keystrokes do. Time runs in steps of a key; the audio runs on while it plays.
 */
export function typeAlong(
  { text, words, durationMs }: Heard,
  typist: Typist,
  seed: number,
): readonly Anchor[] {
  const chance = createChance(seed);
  const keyMs = 60_000 / (typist.wordsPerMinute * 5);
  let typed: Typed = { text: '', anchors: [] };
  let plays = false;
  let atMs = 0;
  let listening = jumpedTo(0);
  let limit = typist.keeps;
  /** Words typed. */
  let done = 0;

  const pass = (ms: number) => {
    if (!plays) return;
    atMs = Math.min(durationMs, atMs + ms * typist.speed);
    listening = heardUntil(listening, atMs / 1000);
  };
  const goOn = () => {
    if (plays) return;
    atMs = resumeAt(listening, atMs / 1000, typist.backStepSeconds) * 1000;
    plays = true;
  };
  const heardWords = () => {
    let count = done;
    while (count < words.length && (words[count]?.endMs ?? 0) <= atMs) count += 1;
    return count;
  };
  const press = (next: string, caret: number) => {
    const ms = chance.lognormal(keyMs, 0.45);
    const behind = heardWords() - done;
    // Stops the audio when more is heard than can be kept, and lets it go on when most of that is typed.
    if (plays && behind >= limit) {
      pass(250);
      plays = false;
      limit = Math.max(3, Math.round(typist.keeps + 1.5 * chance.normal()));
    } else if (!plays && behind <= typist.goesOnAt && typist.goesOnAt > 0) goOn();
    pass(ms);
    typed = typeInto(typed, next, caret, atMs);
  };
  const insert = (at: number, letters: string) => {
    for (const [index, letter] of [...letters].entries()) {
      const place = at + index;
      press(typed.text.slice(0, place) + letter + typed.text.slice(place), place + 1);
    }
  };
  const remove = (from: number, to: number) => {
    for (let end = to; end > from; end -= 1)
      press(typed.text.slice(0, end - 1) + typed.text.slice(end), end - 1);
  };
  /** Selects an earlier word and types it anew, with or without hearing it again. */
  const mend = (index: number, hears: boolean) => {
    const word = words[index];
    if (!word) return;
    const back = atMs;
    if (hears) {
      const at = audioAt(typed.anchors, word.start);
      atMs = Math.max(0, (at ?? word.startMs) - 1500);
      listening = jumpedTo(atMs / 1000);
      plays = true;
      for (let waited = 0; waited < 8000 && atMs < word.endMs + typist.reactionMs; waited += 100) pass(100);
      plays = false;
    }
    typed = typeInto(typed, typed.text.slice(0, word.start) + typed.text.slice(word.end), word.start, atMs);
    insert(word.start, text.slice(word.start, word.end));
    if (hears) {
      atMs = back;
      listening = jumpedTo(atMs / 1000);
    }
  };

  goOn();
  for (const [index, word] of words.entries()) {
    if (heardWords() <= index) {
      // Waits for the word: hears on until it has been said, and a moment longer to understand it.
      goOn();
      const wanted = typist.goesOnAt > 0 ? 0 : Math.round(chance.between(typist.keeps - 3, typist.keeps));
      const until = words[Math.min(words.length - 1, index + wanted)]?.endMs ?? word.endMs;
      while (atMs < Math.min(durationMs, until)) pass(50);
      pass(typist.reactionMs * chance.lognormal(1, 0.3));
      if (wanted > 0) plays = false;
    }
    const before = words[index - 1]?.end ?? 0;
    insert(before, text.slice(before, word.start));
    if (chance.happens(typist.slips)) {
      const right = text.slice(word.start, word.end);
      const wrong = `${right.slice(0, Math.max(1, Math.floor(right.length / 2)))}x`;
      insert(word.start, wrong);
      remove(word.start, word.start + wrong.length);
    }
    insert(word.start, text.slice(word.start, word.end));
    done = index + 1;
    if (done > 20 && chance.happens(typist.returns)) {
      mend(Math.max(0, done - Math.round(chance.between(4, 60))), chance.happens(0.6));
    }
  }
  if (typist.proofreads) {
    plays = true;
    atMs = 0;
    for (const [index, word] of words.entries()) {
      if (!chance.happens(0.01)) continue;
      atMs = Math.min(durationMs, word.endMs + 300 + chance.between(0, 2500));
      plays = false;
      mend(index, false);
    }
  }
  if (typed.text !== text) throw new Error('The model typist typed something else');
  return typed.anchors;
}
