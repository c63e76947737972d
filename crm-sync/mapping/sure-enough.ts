import { thresholdOf } from '../../transcription/thought-units/field-thresholds.ts';

/** What is taken from a report as it is, and is no suggestion. */
const NO_SUGGESTION = new Set(['report', 'contact']);

/** Whether something of a report can be more or less sure. */
export function isSuggested(source: string): boolean {
  return !NO_SUGGESTION.has(source);
}

/**
 * From which confidence on suggestions of a source are right often enough to be written, as a mapping begins: a
 * field's measured threshold; of several fields the strictest. Sentences by code are only gathered as text, where a
 * doubtful one does little harm, so they begin without one.
 */
export function sureEnough(source: string): number {
  if (!isSuggested(source) || source.startsWith('code:')) return 0;
  return Math.max(...source.split('+').map((field) => thresholdOf(field.split(':')[0] ?? field)));
}
