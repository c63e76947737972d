import type { Prompt } from '../prompts/prompt.ts';
import type {
  DictatingEffect,
  DictatingInput,
  DictatingQuestion,
  DictatingState,
  DictatingStep,
} from './dictating/types.ts';
import type { LoginInput, LoginQuestion, LoginState, LoginStep } from './login/types.ts';
import type {
  ProposalEffect,
  ProposalInput,
  ProposalQuestion,
  ProposalState,
  ProposalStep,
} from './proposal/types.ts';
import type { ReportEffect, ReportInput, ReportQuestion, ReportState, ReportStep } from './report/types.ts';
import type { SurveyEffect, SurveyInput, SurveyQuestion, SurveyState, SurveyStep } from './survey/types.ts';

/*
 * The words of the call flow. Each group of steps (login, dictating, report, survey, proposal) declares its own
 * steps, state, inputs, effects and questions in its `types.ts`; here they are united.
 */

export type LinePurpose = 'report' | 'survey' | 'proposal';

/** Where a call is. */
export type StepName = LoginStep | DictatingStep | ReportStep | SurveyStep | ProposalStep | 'over';

/** Everything that the flow remembers between two requests; kept as JSON in the call's row. */
export interface CallState extends LoginState, DictatingState, ReportState, SurveyState, ProposalState {
  purpose: LinePurpose;
  at: StepName;
  /** Of what the line says: the line's own until it is known who speaks. */
  language: string;
  /** Chosen for the line; null: the language's first. */
  voice: string | null;
  /** Of the speaker, once it is known who speaks. */
  timeZone: string | null;
  /** How many times in a row nothing came from the caller. */
  unheard: number;
}

/** What the carrier told, or the answer to a question of the flow. */
export type Input =
  /** Keys pressed, without the `#` that ends an entry; empty when none came in time. */
  | { kind: 'keys'; keys: string }
  /** The caller began to speak where that means "go on"; what was said is not looked at. */
  | { kind: 'spoke' }
  /** The last answer was lost or failed; the caller is still there. */
  | { kind: 'resumed' }
  /** The call is over. `failed`: the line broke, as far as the carrier knows. */
  | { kind: 'hung_up'; failed: boolean }
  | LoginInput
  | DictatingInput
  | ReportInput
  | SurveyInput
  | ProposalInput;

/** Ids for what the step may create, made outside so that the flow stays pure. Used by at most one step. */
export interface FreshIds {
  dictationId: string;
  recordingId: string;
  /** Of the contribution that the dictation is for; an answer has its id since the response began. */
  linkId: string;
}

/** What is to be done in the transaction that saves the state, in this order. */
export type Effect = DictatingEffect | ReportEffect | SurveyEffect | ProposalEffect;

/** What only the database knows; its answer is the next input, within the same request. */
export type Question = LoginQuestion | DictatingQuestion | ReportQuestion | SurveyQuestion | ProposalQuestion;

/** Where one group of steps ends and the line's purpose decides what follows; see `call-flow.ts`. */
export type HandOver = 'logged_in' | 'before_dictating' | 'dictation_over';

export type Next =
  /** Keys ended by `#`, or by a silence of so many `seconds`. */
  | { kind: 'entry'; seconds?: number }
  /** One key, any of the twelve. `speech`: beginning to speak counts, too. `seconds`: how long it is waited for. */
  | { kind: 'menu'; speech?: boolean; seconds?: number }
  /** `keys` end the recording; by default `#` and `*`. */
  | { kind: 'record'; recordingId: string; keys?: string }
  | { kind: 'ask'; question: Question }
  | { kind: 'hand_over'; to: HandOver }
  | { kind: 'hang_up' };

export interface Outcome {
  state: CallState;
  /** Spoken before `next`; keys interrupt them, except before recording. */
  prompts: Prompt[];
  effects: Effect[];
  next: Next;
}

/** An outcome within which everything that was handed over has been taken. */
export type Applied = Outcome & { next: Exclude<Next, { kind: 'hand_over' }> };

export type StepHandler = (state: CallState, input: Input, fresh: FreshIds) => Outcome;
