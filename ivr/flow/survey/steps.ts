import type { StepHandler } from '../types.ts';
import { answering } from './answering.ts';
import { checkedId, enterId } from './enter-id.ts';
import { confirmAnew, confirmSkip, surveyMenu } from './menu.ts';
import type { SurveyStep } from './types.ts';

/*
 *   survey_id            twelve digits that fit → survey_checking_id; mistyped → survey_id, fifth time over
 *   survey_checking_id   right → survey_answering (survey_menu where an answer was begun in an earlier call)
 *                        unknown → survey_id, third time over; revoked, not open, closed, finished, slowed → over
 *   survey_answering     # → next question or thanks, over; * → survey_menu; silence → survey_menu
 *                        limit → survey_answering; nothing heard → survey_menu
 *   survey_menu          1 → survey_answering; 2 question again, 3 hear the answer → survey_menu
 *                        4 → survey_confirm_anew; 5 skip: without an answer the next question, else survey_confirm_skip
 *                        # → next question, where there is an answer; nothing three times → over
 *   survey_confirm_anew  9 takes the answer back → survey_answering; anything else keeps it → survey_menu
 *   survey_confirm_skip  9 takes the answer back → next question; anything else keeps it → survey_menu
 *   any                  another call came with the same ID → over
 *
 * A response is complete when the respondent went on from every question; until then the next call with its ID goes
 * on at the first that is open.
 */
export const surveySteps: Readonly<Record<SurveyStep, StepHandler>> = {
  survey_id: enterId,
  survey_checking_id: checkedId,
  survey_answering: answering,
  survey_menu: surveyMenu,
  survey_confirm_anew: confirmAnew,
  survey_confirm_skip: confirmSkip,
};
