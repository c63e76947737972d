import { chooseFacts } from './choose-facts.ts';
import { type BriefingKind, type ChosenFact, KINDS } from './chosen-fact.ts';
import type { BriefingFacts } from './facts.ts';
import { FRAMES, frameOf } from './frames.ts';
import { wordsIn } from './quote-unit.ts';
import { type SpokenLanguage, sayDay, spokenLanguageOf } from './say-day.ts';

/** A voice says about 160 words a minute; the briefing keeps under one, with the pauses between its sentences. */
export const WORD_BUDGET = 150;

export interface BriefingSentence {
  kind: BriefingKind;
  isConfirmed: boolean;
  /** In the listener's language. */
  frame: string;
  /** As it was said, and in which language; null: the frame says it all. */
  quote: { text: string; language: string } | null;
  /** Where it comes from. */
  reportId: string | null;
  unit: number | null;
}

export interface Briefing {
  account: BriefingFacts['account'];
  /** In the order in which they are told; empty: nothing is known. */
  sentences: BriefingSentence[];
  words: number;
}

/**
 * What a rep needs before going in, in at most about 150 words: of each kind the newest first, then the second of
 * each, and so on as long as there is room; told kind by kind. Pure.
 */
export function composeBriefing(facts: BriefingFacts, language: string): Briefing {
  const chosen = chooseFacts(facts);
  const spoken = spokenLanguageOf(language);
  const lists = KINDS.map((kind) => (chosen.get(kind) ?? []).map((fact) => sayFact(fact, facts, spoken)));
  const taken: BriefingSentence[][] = lists.map(() => []);
  let words = 0;
  const rounds = Math.max(...lists.map((list) => list.length));
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, list] of lists.entries()) {
      const sentence = list[round];
      if (sentence === undefined) continue;
      const length = wordsOf(sentence);
      if (words + length > WORD_BUDGET) continue;
      words += length;
      taken[kind]?.push(sentence);
    }
  }
  return { account: facts.account, sentences: taken.flat(), words };
}

function sayFact(fact: ChosenFact, facts: BriefingFacts, spoken: SpokenLanguage): BriefingSentence {
  const frames = FRAMES[spoken];
  const frame = frameOf(fact, facts, frames, (day) => sayDay(day, facts.today, spoken));
  const bare = `${fact.isConfirmed ? '' : frames.unconfirmed}${frame}`;
  const language = fact.promise?.language ?? fact.report?.language ?? 'en-US';
  return {
    kind: fact.kind,
    isConfirmed: fact.isConfirmed,
    frame: bare.slice(0, 1).toLocaleUpperCase() + bare.slice(1),
    quote: fact.quote && { text: fact.quote.text, language },
    reportId: fact.report?.reportId ?? fact.promise?.reportId ?? null,
    unit: fact.quote?.units[0] ?? null,
  };
}

function wordsOf({ frame, quote }: BriefingSentence): number {
  return wordsIn(frame) + (quote === null ? 0 : wordsIn(quote.text));
}
