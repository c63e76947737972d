import { hungUp, leave } from './dictating/moves.ts';
import { dictatingSteps } from './dictating/steps.ts';
import { askWhoCalls } from './login/moves.ts';
import { loginSteps } from './login/steps.ts';
import { doing, outcome, saying } from './moves.ts';
import { goOn as goOnWithProposal } from './proposal/begin.ts';
import { afterContribution, beginProposal } from './proposal/moves.ts';
import { proposalSteps } from './proposal/steps.ts';
import { beginReport, goOn } from './report/begin.ts';
import { askAfterwards } from './report/moves.ts';
import { reportSteps } from './report/steps.ts';
import { beginSurvey } from './survey/moves.ts';
import { surveySteps } from './survey/steps.ts';
import type {
  Applied,
  CallState,
  FreshIds,
  HandOver,
  Input,
  LinePurpose,
  Outcome,
  StepHandler,
  StepName,
} from './types.ts';

/*
 * The call. Pure: (state, input) → (state, prompts, effects, what to wait for).
 *
 * Its steps are listed group by group, above the tables in login/, dictating/, report/, survey/ and proposal/
 * steps.ts. Where a group ends the purpose of the line decides what follows:
 *
 *                    report                  survey                proposal
 *   answered         who calls               consent, anonymous ID who calls
 *   logged_in        what is to be heard                           what is unfinished
 *   before_dictating the next of that, record                      the next of that, proposal, section
 *   dictation_over   what next                                     what next in the section
 *
 *   any              hung up → over. Going over submits an open dictation that may hold speech, discards others.
 */
const STEPS: Readonly<Record<StepName, StepHandler>> = {
  ...loginSteps,
  ...dictatingSteps,
  ...reportSteps,
  ...surveySteps,
  ...proposalSteps,
  over: (state) => outcome(state, { kind: 'hang_up' }, [{ say: 'goodbye' }]),
};

type Taking = (state: CallState, fresh: FreshIds) => Outcome;

const notOpen: Taking = (state) => leave(state, [{ say: 'line_not_open' }]);

type Answering = (state: CallState, line: AnsweringLine) => Outcome;

const ANSWERED: Readonly<Record<LinePurpose, Answering>> = {
  report: askWhoCalls,
  survey: (state, { surveyId }) =>
    surveyId === null ? leave(state, [{ say: 'line_not_open' }]) : beginSurvey(state, surveyId),
  proposal: askWhoCalls,
};

const HAND_OVER: Readonly<Record<HandOver, Record<LinePurpose, Taking>>> = {
  logged_in: { report: beginReport, survey: notOpen, proposal: beginProposal },
  before_dictating: { report: goOn, survey: notOpen, proposal: goOnWithProposal },
  dictation_over: { report: (state) => askAfterwards(state), survey: notOpen, proposal: afterContribution },
};

export interface AnsweringLine {
  name: string;
  purpose: LinePurpose;
  language: string;
  /** Of the carrier, where one was chosen. */
  voice?: string | null;
  surveyId: string | null;
  /** The company's, by name. */
  keyMap: string;
  /** The company's: after so many hours on hold a dictation is sent. */
  holdHours: number;
}

/** A call of which nothing is known yet but the line and whose phone it comes from. */
export function newCallState(
  line: Pick<AnsweringLine, 'purpose' | 'language' | 'voice' | 'keyMap' | 'holdHours'>,
  phoneOwnerId: string | null,
): CallState {
  return {
    purpose: line.purpose,
    at: 'over',
    language: line.language,
    voice: line.voice ?? null,
    timeZone: null,
    unheard: 0,
    phoneOwnerId,
    shortNumber: null,
    callerIsProven: false,
    wrongPins: [],
    pinKeys: null,
    pinChange: null,
    speakerId: null,
    dictation: null,
    dictateFor: { kind: 'report', accountId: null },
    keyMap: line.keyMap,
    holdHours: line.holdHours,
    unfinished: [],
    replies: [],
    question: null,
    afterReplies: 'record',
    choosing: null,
    briefing: null,
    survey: null,
    proposal: null,
  };
}

/** The first answer of a call. `phoneOwnerId`: the rep whose own phone calls, if it is one. */
export function beginCall(
  line: AnsweringLine,
  {
    phoneOwnerId,
    callerIsProven = false,
    fresh,
  }: { phoneOwnerId: string | null; callerIsProven?: boolean; fresh: FreshIds },
): Applied {
  const state = { ...newCallState(line, phoneOwnerId), callerIsProven };
  const greeting = [{ say: 'greeting' as const, values: { line: line.name } }];
  return taken(saying(greeting, ANSWERED[line.purpose](state, line)), fresh);
}

/** Applies one input. An input that the step has no use for repeats the step's prompt and loses nothing. */
export function applyInput(state: CallState, input: Input, fresh: FreshIds): Applied {
  if (input.kind === 'hung_up') return taken(hungUp(state, input), fresh);
  if (input.kind === 'recorded' && state.at === 'over') return taken(leave(state), fresh);
  return taken(STEPS[state.at](state, input, fresh), fresh);
}

/** Goes on where a group of steps handed over. */
function taken(outcome: Outcome, fresh: FreshIds): Applied {
  const { state, prompts, effects, next } = outcome;
  if (next.kind !== 'hand_over') return { ...outcome, next };
  const then = HAND_OVER[next.to][state.purpose](state, fresh);
  return taken(doing(effects, saying(prompts, then)), fresh);
}
