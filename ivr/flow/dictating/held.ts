import type { Prompt } from '../../prompts/prompt.ts';
import { askMenu, doing, handOver, saying } from '../moves.ts';
import type { CallState, Outcome, StepHandler } from '../types.ts';
import { secondsOf } from './moves.ts';
import { resume, without } from './resume.ts';
import type { UnfinishedDictation } from './types.ts';

/** Tells of the first that is on hold; null when none is. A station before dictating. */
export function offerHeld(state: CallState): Outcome | null {
  const [held] = state.unfinished.filter(({ kind }) => kind === 'held');
  return held === undefined ? null : askHeld(state, held);
}

function askHeld(state: CallState, held: UnfinishedDictation): Outcome {
  return askMenu(state, 'offered_held', [...tell(state, held), { say: 'held_keys' }]);
}

function tell({ purpose }: CallState, { at, about, parts }: UnfinishedDictation): Prompt[] {
  const seconds = secondsOf(parts);
  const what: Prompt =
    purpose === 'proposal'
      ? { say: 'held_contribution', values: { at } }
      : { say: 'held_report', values: { at } };
  const prompts = [what];
  if (about !== null) prompts.push({ say: 'here_about', values: { about } });
  if (seconds !== null) prompts.push({ say: 'held_length', values: { seconds } });
  return prompts;
}

/** 1 goes on, 2 sends it; 3, and waiting, leaves it on hold until the next call. */
export const offeredHeld: StepHandler = (state, input) => {
  const [held] = state.unfinished.filter(({ kind }) => kind === 'held');
  if (held === undefined) return handOver(state, 'before_dictating');
  if (input.kind !== 'keys') return askHeld(state, held);
  const here = { ...state, unheard: 0 };
  const next = without(here, held);
  switch (input.keys) {
    case '1':
      return resume(here, held);
    case '2':
      return doing(
        [{ kind: 'send_held', dictationId: held.dictationId }],
        handOver(next, 'before_dictating', [{ say: 'held_sent' }]),
      );
    case '3':
    case '':
      return handOver(next, 'before_dictating', [{ say: 'held_left' }]);
    default:
      return saying([{ say: 'not_a_choice' }], askHeld(here, held));
  }
};
