import { enUS } from './en-US.ts';
import { esUS } from './es-US.ts';
import type { PromptSet } from './prompt-set.ts';

/** The languages that lines and reps may have; the first is spoken where none is known. */
export const PROMPT_SETS: readonly PromptSet[] = [enUS, esUS];

const BY_LANGUAGE: ReadonlyMap<string, PromptSet> = new Map(PROMPT_SETS.map((set) => [set.language, set]));

/** The texts of a language; undefined when it has none. */
export function findPromptSet(language: string): PromptSet | undefined {
  return BY_LANGUAGE.get(language);
}

/** The texts of a line's or a rep's language; US English where there are none. */
export function promptSetOf(language: string): PromptSet {
  return findPromptSet(language) ?? enUS;
}

/** The voice that a line chose, if it is one of that language; else the language's first. */
export function voiceOf(set: PromptSet, chosen: string | null | undefined): string {
  return set.voices.find(({ id }) => id === chosen)?.id ?? set.voices[0].id;
}
