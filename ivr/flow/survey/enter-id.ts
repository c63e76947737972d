import { isAnonymousId } from '../../../surveys/anonymous-id.ts';
import type { Prompt } from '../../prompts/prompt.ts';
import { entryOf } from '../login/entry.ts';
import { ask, PATIENCE } from '../moves.ts';
import type { CallState, StepHandler } from '../types.ts';
import { askId, askNext, goodbye } from './moves.ts';
import type { SurveyRefusal } from './types.ts';

/** Wrong entries of either kind, after which one had better look at one's letter again. */
const MISTYPED_A_CALL = 5;
const WRONG_IDS_A_CALL = 3;

/** The anonymous ID. A typing error shows in the check digit, so it is told without asking anybody. */
export const enterId: StepHandler = (state, input) => {
  const { survey } = state;
  if (survey === null) return goodbye(state, [{ say: 'line_not_open' }]);
  if (input.kind !== 'keys') return askId(state, []);
  const digits = entryOf(input.keys);
  if (digits === '') {
    const unheard = state.unheard + 1;
    if (unheard >= PATIENCE) return goodbye(state, [{ say: 'nothing_entered' }]);
    return askId({ ...state, unheard }, []);
  }
  const heard = { ...state, unheard: 0 };
  if (isAnonymousId(digits)) {
    return ask(heard, 'survey_checking_id', { kind: 'identify_respondent', digits });
  }
  const mistyped = survey.mistyped + 1;
  if (mistyped >= MISTYPED_A_CALL) return goodbye(state, [{ say: 'survey_id_goodbye' }]);
  const wrong: Prompt = digits.length === 12 ? { say: 'survey_id_mistyped' } : { say: 'survey_id_length' };
  return askId({ ...heard, survey: { ...survey, mistyped } }, [wrong]);
};

/** What became of an ID whose check digit is right. */
export const checkedId: StepHandler = (state, input, fresh) => {
  const { survey } = state;
  if (survey === null) return goodbye(state, [{ say: 'line_not_open' }]);
  if (input.kind === 'survey_begun') {
    const { responseId, questions, language } = input;
    const begun: CallState = {
      ...state,
      language,
      voice: language === state.language ? state.voice : null,
      survey: { ...survey, responseId, questions },
    };
    const count = questions.length;
    const welcome: Prompt[] = input.isResumed
      ? [{ say: 'survey_welcome_back' }]
      : [
          count === 1 ? { say: 'survey_begin_one' } : { say: 'survey_begin', values: { count } },
          { say: 'survey_how' },
        ];
    return askNext(begun, fresh, welcome);
  }
  if (input.kind !== 'survey_refused') return askId(state, []);
  if (input.why === 'unknown') {
    const wrongIds = survey.wrongIds + 1;
    if (wrongIds >= WRONG_IDS_A_CALL) return goodbye(state, [{ say: 'survey_id_goodbye' }]);
    return askId({ ...state, survey: { ...survey, wrongIds } }, [{ say: 'survey_id_unknown' }]);
  }
  return goodbye(state, [sentenceOf(input)]);
};

function sentenceOf(refused: SurveyRefusal): Prompt {
  switch (refused.why) {
    case 'unknown':
      return { say: 'survey_id_unknown' };
    case 'revoked':
      return { say: 'survey_id_revoked' };
    case 'not_open':
      return { say: 'survey_opens', values: { date: refused.opensOn } };
    case 'closed':
      return { say: 'survey_closed' };
    case 'finished':
      return { say: 'survey_id_finished' };
    case 'slowed':
      return { say: 'survey_id_slowed', values: { wait: refused.waitSeconds } };
    case 'empty':
      return { say: 'line_not_open' };
  }
}
