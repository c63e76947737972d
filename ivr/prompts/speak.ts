import { enUS } from './en-US.ts';
import type { Prompt, PromptSet } from './prompt.ts';

const SETS: ReadonlyMap<string, PromptSet> = new Map([[enUS.language, enUS]]);

/** The texts of a line's language; US English where there are none. */
export function promptSetOf(language: string): PromptSet {
  return SETS.get(language) ?? enUS;
}

/** The sentence that is spoken for a prompt. An unknown value is left out. */
export function speak(set: PromptSet, prompt: Extract<Prompt, { say: unknown }>): string {
  return set.texts[prompt.say].replace(
    /\{(\w+)(?::(\w+))?\}/g,
    (_, name: string, form: string | undefined) => {
      const value = prompt.values?.[name];
      if (value === undefined) return '';
      if (form === 'duration') return set.duration(Number(value));
      // Commas make voices pause, so that one can write along.
      if (form === 'digits') return [...String(value)].join(', ');
      return String(value);
    },
  );
}
