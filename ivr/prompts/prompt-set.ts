import type { ValueForms } from './forms/value-forms.ts';
import { parseText, type TextPiece } from './parse-text.ts';
import type { PromptGroup, PromptId, Texts } from './prompt.ts';
import type { LanguageCode, Voice } from './voices.ts';

/** Everything that is spoken in one language. */
export interface PromptSet {
  language: LanguageCode;
  /** In the language itself. */
  name: string;
  voices: readonly [Voice, ...Voice[]];
  forms: ValueForms;
  /** In the order in which they are written down. */
  prompts: ReadonlyMap<PromptId, SetPrompt>;
}

export interface SetPrompt {
  id: PromptId;
  group: PromptGroup;
  text: string;
  pieces: readonly TextPiece[];
}

/** Takes the texts apart once, so that an answer to the carrier needn't. Pure. */
export function createPromptSet({ texts, ...set }: Omit<PromptSet, 'prompts'> & { texts: Texts }): PromptSet {
  const prompts = Object.entries(texts).flatMap(([group, prompts]) =>
    // The keys of an object that has exactly these.
    Object.entries<string>(prompts).map(([id, text]): [PromptId, SetPrompt] => [
      id as PromptId,
      { id: id as PromptId, group: group as PromptGroup, text, pieces: parseText(text) },
    ]),
  );
  return { ...set, prompts: new Map(prompts) };
}
