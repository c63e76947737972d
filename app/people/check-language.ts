import { findPromptSet, PROMPT_SETS } from '../../ivr/prompts/languages.ts';
import { InvalidInput } from '../../platform/errors.ts';

/** @throws InvalidInput when nothing can be spoken in the language; null is the line's own */
export function checkLanguage(language: string | null | undefined): void {
  if (language === undefined || language === null || findPromptSet(language)) return;
  const known = PROMPT_SETS.map((set) => `${set.language} (${set.name})`).join(' or ');
  throw new InvalidInput('a language without prompts', {
    userMessage: `There are no prompts in that language. Choose ${known}.`,
  });
}
