import type { Fragment } from '../../../ivr/prompts/forms/value-forms.ts';
import type { PromptId, PromptValues } from '../../../ivr/prompts/prompt.ts';
import { NO_RECORDINGS } from '../../../ivr/prompts/recorded/prompt-book.ts';
import { speak } from '../../../ivr/prompts/speak.ts';
import { speakingTo } from '../../../ivr/prompts/speaking.ts';

/** A Saturday evening in New York. */
export const NOW = new Date('2026-11-21T23:30:00Z');

export const inEnglish = speakingTo({ language: 'en-US', now: NOW }, NO_RECORDINGS);
export const inSpanish = speakingTo({ language: 'es-US', now: NOW }, NO_RECORDINGS);

/** A prompt as text, pauses left out. */
export function textOf(language: string, say: PromptId, values: PromptValues = {}): string {
  const { set, moment } = speakingTo({ language, now: NOW }, NO_RECORDINGS);
  return speak(set, { say, values }, moment)
    .flatMap((piece): Fragment[] => (piece.kind === 'words' ? [{ text: piece.text }] : piece.fragments))
    .map((fragment) => ('text' in fragment ? fragment.text : ''))
    .join('');
}
