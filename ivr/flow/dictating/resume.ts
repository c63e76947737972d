import type { Prompt } from '../../prompts/prompt.ts';
import { ask, askMenu, doing, handOver, saying } from '../moves.ts';
import type { CallState, FreshIds, Outcome, StepHandler } from '../types.ts';
import { playLast, startRecording } from './moves.ts';
import type { UnfinishedDictation } from './types.ts';

/** As much of it as brings back where one was. */
const REMINDER_SECONDS = 5;

/** Offers to go on where the line broke; null when it did not. A station before dictating. */
export function offerResume(state: CallState): Outcome | null {
  const cutOff = state.unfinished.find(({ kind }) => kind !== 'held');
  return cutOff === undefined ? null : askResume(state, cutOff);
}

function askResume(state: CallState, { kind, about, parts }: UnfinishedDictation): Outcome {
  const before: Prompt = about === null ? { say: 'cut_off' } : { say: 'cut_off_about', values: { about } };
  // What was recorded when the line broke may never come; and while the carrier takes the old call to go on, it
  // doesn't yet.
  const arrived = parts.filter(({ seconds }) => seconds !== null);
  const ending = kind === 'connected' ? [] : playLast(arrived, REMINDER_SECONDS);
  const heard: Prompt[] = ending.length === 0 ? [] : [{ say: 'cut_off_at' }, ...ending];
  return askMenu(state, 'offered_resume', [before, ...heard, { say: 'resume_keys' }]);
}

/** 1 goes on; 2, and waiting, leaves it as it was sent, and it isn't offered again. */
export const offeredResume: StepHandler = (state, input) => {
  const cutOff = state.unfinished.find(({ kind }) => kind !== 'held');
  if (cutOff === undefined) return handOver(state, 'before_dictating');
  if (input.kind !== 'keys') return askResume(state, cutOff);
  const here = { ...state, unheard: 0 };
  if (input.keys === '1') return resume(here, cutOff);
  if (input.keys !== '2' && input.keys !== '') {
    return saying([{ say: 'not_a_choice' }], askResume(here, cutOff));
  }
  return doing(
    [{ kind: 'leave_dropped', dictationId: cutOff.dictationId }],
    handOver(without(here, cutOff), 'before_dictating'),
  );
};

/** Goes on with one of them. */
export function resume(state: CallState, { dictationId, kind, callId }: UnfinishedDictation): Outcome {
  return ask(state, 'resuming', { kind: 'resume_dictation', dictationId, kindOf: kind, callId });
}

/**
 * What became of it: open again, and recording goes on; or its text is final, and what is said now is a dictation of
 * its own that says so; or it can't be gone on with any more, and the next one is offered.
 */
export const resumed: StepHandler = (state, input, fresh: FreshIds) => {
  if (input.kind === 'reopened') {
    const { dictation, for: dictateFor } = input;
    return startRecording({ ...state, dictation, dictateFor, unfinished: [] }, fresh, [
      { say: 'record_continue' },
    ]);
  }
  if (input.kind === 'typed') {
    const { dictationId, reference, about, for: dictateFor } = input;
    const then = { ...state, dictateFor, dictateAbout: about, unfinished: [] };
    return doing(
      [{ kind: 'leave_dropped', dictationId }],
      startRecording(then, fresh, [{ say: 'typed_already' }], { continues: reference }),
    );
  }
  const then = input.kind === 'gone' ? without(state, input) : { ...state, unfinished: [] };
  return handOver(then, 'before_dictating', [{ say: 'not_unfinished' }]);
};

export function without(
  state: CallState,
  { dictationId }: Pick<UnfinishedDictation, 'dictationId'>,
): CallState {
  return { ...state, unfinished: state.unfinished.filter((each) => each.dictationId !== dictationId) };
}
