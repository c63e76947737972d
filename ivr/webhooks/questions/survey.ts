import { beginResponse, findInvitation } from '../../../surveys/phone/identify-respondent.ts';
import type { SurveyQuestion } from '../../flow/survey/types.ts';
import { checkId } from '../../pins/id-throttle.ts';
import type { AnswerersOf } from './answer-question.ts';

export const surveyAnswers: AnswerersOf<SurveyQuestion> = {
  async identify_respondent(client, { digits }, { call, state, deps, now, along }) {
    if (state.survey === null) throw new Error(`Call ${call.id} has no survey`);
    const { surveyId, callerKey, wrongIds: failuresInCall } = state.survey;
    const { secret } = deps.platform.config;
    const { lineId } = call;
    const checked = await checkId(client, along, { secret, now, lineId, callerKey, failuresInCall }, () =>
      findInvitation(client, { secret, surveyId, digits }),
    );
    if (checked.kind === 'wrong') return { kind: 'survey_refused', why: 'unknown' };
    if (checked.kind === 'slowed') {
      return { kind: 'survey_refused', why: 'slowed', waitSeconds: checked.waitSeconds };
    }
    const begun = await beginResponse(client, checked.found, { secret, callId: call.id, now });
    if (begun.kind === 'refused') return { ...begun, kind: 'survey_refused' };
    const { responseId, language, isResumed, answers } = begun;
    return { kind: 'survey_begun', responseId, language, isResumed, questions: answers };
  },
};
