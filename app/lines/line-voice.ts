import { PROMPT_SETS } from '../../ivr/prompts/languages.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { checkLanguage } from '../people/check-language.ts';

/** What is stored of a voice: a key of `line.settings`. Beside it may stand keys of others. */
export function voiceSettings(voice: string | null | undefined): { voice?: string | null } {
  return voice === undefined ? {} : { voice };
}

/**
 * A voice must be one of the line's language. Another language without another voice is all right: the line then
 * speaks with the language's first.
 * @throws InvalidInput
 */
export function checkVoice({ language, voice }: { language?: string; voice?: string | null }): void {
  checkLanguage(language);
  if (voice === undefined || voice === null) return;
  const set = PROMPT_SETS.find(({ voices }) => voices.some(({ id }) => id === voice));
  if (set && (language === undefined || set.language === language)) return;
  const choices = PROMPT_SETS.filter((each) => language === undefined || each.language === language)
    .flatMap(({ voices }) => voices.map(({ id }) => id))
    .join(', ');
  throw new InvalidInput('a voice of another language', {
    userMessage: `That voice does not speak this language. Choose one of ${choices}.`,
  });
}
