import type { Prompt } from '../../prompts/prompt.ts';
import { mayHoldSpeech } from '../dictating/moves.ts';
import { doing } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import {
  askNext,
  askSurveyMenu,
  closeQuestion,
  goodbye,
  hasSpeech,
  openQuestion,
  record,
  withLastPart,
} from './moves.ts';

/** What ends a call whose ID is used in a later one; what was said in it is kept. */
export const ELSEWHERE: Prompt = { say: 'survey_elsewhere' };

/**
 * A recording ended. `#` goes to the next question, `*` leads into the menu, so does silence (the caller may be
 * thinking), the carrier's limit goes on in the next part. Whatever ended it, what was said is kept.
 */
export const answering: StepHandler = (state, input, fresh) => {
  const question = openQuestion(state);
  if (question === undefined) return askNext(state, fresh);
  if (input.kind === 'nothing_recorded') {
    const recordingId = question.parts.at(-1)?.recordingId;
    const marked = withLastPart(state, question, { empty: true });
    const then = marked.survey?.superseded ? goodbye(marked, [ELSEWHERE]) : nothingHeard(marked);
    return recordingId === undefined ? then : doing([{ kind: 'mark_empty', recordingId }], then);
  }
  if (state.survey?.superseded) return goodbye(state, [ELSEWHERE]);
  // Whether the part that was being recorded exists shows when the carrier announces it.
  if (input.kind !== 'recorded') return record(state, fresh, [{ say: 'record_resumed' }]);
  const heard = withLastPart(state, question, { seconds: input.seconds });
  if (input.endedBy === 'hang_up') return goodbye(heard);
  const answered = openQuestion(heard) ?? question;
  const last = answered.parts.at(-1);
  if (last !== undefined && !mayHoldSpeech(last)) {
    if (input.endedBy === '*') return askSurveyMenu(heard, []);
    if (input.endedBy === '#' && hasSpeech(answered)) return closeQuestion(heard, fresh, { skipped: false });
    return nothingHeard(heard);
  }
  const spoken = { ...heard, unheard: 0 };
  if (input.endedBy === '#') {
    return closeQuestion(spoken, fresh, { skipped: false, prompts: [{ say: 'survey_answer_kept' }] });
  }
  if (input.endedBy === '*') return askSurveyMenu(spoken, []);
  if (input.endedBy === 'limit') return record(spoken, fresh, [{ say: 'record_at_limit' }]);
  return askSurveyMenu(spoken, [{ say: 'long_silence' }]);
};

/**
 * Told while the caller is still there. The carrier doesn't tell which key ended a recording without speech, so it
 * may have been the star that asks for help, or nobody: both are asked what to do.
 */
function nothingHeard(state: CallState): Outcome {
  const question = openQuestion(state);
  const isAdded = question !== undefined && hasSpeech(question);
  return askSurveyMenu({ ...state, unheard: state.unheard + 1 }, [
    { say: isAdded ? 'nothing_added' : 'survey_not_answered' },
  ]);
}
