import type { Prompt } from '../../prompts/prompt.ts';
import { askMenu, outcome } from '../moves.ts';
import type { CallState, Outcome } from '../types.ts';

/** Between two sentences: long enough to press a key, short enough to be a breath. */
const BREATH_SECONDS = 1;

/** Tells the sentence that the briefing is at, or, behind the last one, what can be done now. */
export function tellSentence(state: CallState, first: Prompt[] = []): Outcome {
  const { briefing } = state;
  const sentence = briefing?.told.sentences[briefing.place];
  if (sentence === undefined) return askMenu(state, 'briefed', [...first, { say: 'briefing_over' }]);
  const { frame, quote } = sentence;
  const prompts: Prompt[] = [{ speak: frame }];
  if (quote !== null) prompts.push({ speak: quote.text, language: quote.language });
  return outcome({ ...state, at: 'briefing' }, { kind: 'menu', seconds: BREATH_SECONDS }, [
    ...first,
    ...prompts,
  ]);
}
