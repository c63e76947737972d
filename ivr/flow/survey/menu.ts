import type { Prompt } from '../../prompts/prompt.ts';
import { mayHoldSpeech } from '../dictating/moves.ts';
import { askMenu, doing, PATIENCE } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { ELSEWHERE } from './answering.ts';
import {
  askNext,
  askSurveyMenu,
  closeQuestion,
  goodbye,
  hasSpeech,
  openQuestion,
  record,
  takeBack,
} from './moves.ts';

/** Far from the keys that ask, so that a key pressed twice takes nothing back. */
const CONFIRM = '9';

/** What can be done about a question. Nothing said is lost by one key. */
export const surveyMenu: StepHandler = (state, input, fresh) => {
  if (state.survey?.superseded) return goodbye(state, [ELSEWHERE]);
  const question = openQuestion(state);
  if (question === undefined) return askNext(state, fresh);
  if (input.kind !== 'keys') return askSurveyMenu(state, []);
  const answered = hasSpeech(question);
  const heard = { ...state, unheard: 0 };
  switch (input.keys) {
    case '': {
      const unheard = state.unheard + 1;
      if (unheard >= PATIENCE)
        return goodbye(state, [{ say: answered ? 'survey_silent_goodbye' : 'survey_nothing_goodbye' }]);
      return askSurveyMenu({ ...state, unheard }, []);
    }
    case '1':
      return record(heard, fresh, [{ say: answered ? 'record_continue' : 'survey_answer_now' }]);
    case '2':
      return askSurveyMenu(heard, [{ speak: question.text }]);
    case '3': {
      const parts = question.parts.filter(mayHoldSpeech);
      // What is written from an earlier call has no sound any more.
      if (parts.length === 0) return askSurveyMenu(heard, [{ say: 'survey_nothing_to_hear' }]);
      const played = parts.map(({ recordingId }): Prompt => ({ playRecordingId: recordingId }));
      return askSurveyMenu(heard, [{ say: 'survey_your_answer' }, ...played]);
    }
    case '4':
      if (question.isWritten) return askSurveyMenu(heard, [{ say: 'survey_written_already' }]);
      if (!answered) return record(heard, fresh, [{ say: 'survey_answer_now' }]);
      return askMenu(heard, 'survey_confirm_anew', [{ say: 'survey_anew_question' }]);
    case '5':
      if (question.isWritten) return askSurveyMenu(heard, [{ say: 'survey_written_already' }]);
      if (answered) return askMenu(heard, 'survey_confirm_skip', [{ say: 'survey_skip_question' }]);
      return closeQuestion(heard, fresh, { skipped: true, prompts: [{ say: 'survey_skipped' }] });
    case '#':
      return answered
        ? closeQuestion(heard, fresh, { skipped: false })
        : askSurveyMenu(heard, [{ say: 'survey_not_answered' }]);
    default:
      return askSurveyMenu(heard, [{ say: 'not_a_choice' }]);
  }
};

/** Only the confirming key takes the answer back; any other, and silence, keeps it. */
export const confirmAnew: StepHandler = (state, input, fresh) => {
  if (state.survey?.superseded) return goodbye(state, [ELSEWHERE]);
  const question = openQuestion(state);
  if (question === undefined) return askNext(state, fresh);
  if (input.kind !== 'keys') return askMenu(state, 'survey_confirm_anew', [{ say: 'survey_anew_question' }]);
  if (input.keys !== CONFIRM) return askSurveyMenu(state, [{ say: 'survey_kept' }]);
  const taken = takeBack({ ...state, unheard: 0 }, question);
  return doing(taken.effects, record(taken.state, fresh, [{ say: 'survey_answer_anew' }]));
};

/** The same, and goes on without an answer. */
export const confirmSkip: StepHandler = (state, input, fresh) => {
  if (state.survey?.superseded) return goodbye(state, [ELSEWHERE]);
  const question = openQuestion(state);
  if (question === undefined) return askNext(state, fresh);
  if (input.kind !== 'keys') return askMenu(state, 'survey_confirm_skip', [{ say: 'survey_skip_question' }]);
  if (input.keys !== CONFIRM) return askSurveyMenu(state, [{ say: 'survey_kept' }]);
  const taken = takeBack({ ...state, unheard: 0 }, question);
  return doing(
    taken.effects,
    closeQuestion(taken.state, fresh, { skipped: true, prompts: [{ say: 'survey_taken_back' }] }),
  );
};
