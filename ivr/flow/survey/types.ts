/** Steps of an anonymous survey. */
export type SurveyStep = never;

/** What a call on a survey line remembers; null on other lines. */
export interface SurveyState {
  survey: null;
}

export type SurveyInput = never;
export type SurveyEffect = never;
export type SurveyQuestion = never;
