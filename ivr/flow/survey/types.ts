import type { SpokenPart } from '../../../transcription/intake/intake.ts';

/** Steps of an anonymous survey. `survey_checking_id` is never stored: it lasts while a question is answered. */
export type SurveyStep =
  | 'survey_id'
  | 'survey_checking_id'
  | 'survey_answering'
  | 'survey_menu'
  | 'survey_confirm_anew'
  | 'survey_confirm_skip';

/** One recording of an answer; dropped when it was taken back. */
export interface AnswerPart extends SpokenPart {
  /** Said in an earlier call. */
  isEarlier?: boolean;
}

/** A question of the survey and what has been said to it, in this call and in earlier ones with the same ID. */
export interface AskedQuestion {
  answerId: string;
  text: string;
  /** The respondent went on from it. */
  done: boolean;
  /** Null while nothing has been said to it. */
  dictationId: string | null;
  parts: AnswerPart[];
  /** Its text is written already, as far as it was said in an earlier call. */
  isWritten: boolean;
}

/** What a call on a survey line remembers. It is destroyed with the call's row. */
export interface SurveyCall {
  surveyId: string;
  /** Who is slowed down when guessing; a keyed hash, null when no number was told. */
  callerKey: string | null;
  /** Entries that can't be an ID. */
  mistyped: number;
  /** IDs that nobody was given. */
  wrongIds: number;
  /** Known once the ID was right. */
  responseId: string | null;
  questions: AskedQuestion[];
  /** A later call goes on with the same ID; noted from outside. */
  superseded: boolean;
}

/** Null on other lines. */
export interface SurveyState {
  survey: SurveyCall | null;
}

/** Why an ID is not taken. */
export type SurveyRefusal =
  | { why: 'unknown' | 'revoked' | 'closed' | 'finished' }
  /** The survey has no questions (yet). */
  | { why: 'empty' }
  /** ISO date. */
  | { why: 'not_open'; opensOn: string }
  /** Too many IDs were wrong. */
  | { why: 'slowed'; waitSeconds: number };

export type SurveyInput =
  | {
      kind: 'survey_begun';
      responseId: string;
      language: string;
      isResumed: boolean;
      questions: AskedQuestion[];
    }
  | ({ kind: 'survey_refused' } & SurveyRefusal);

/** The respondent goes on from a question. */
export type SurveyEffect = { kind: 'close_answer'; answerId: string; skipped: boolean };

export type SurveyQuestion = { kind: 'identify_respondent'; digits: string };
