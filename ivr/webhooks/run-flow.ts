import type pg from 'pg';
import type { CallDeps } from '../deps.ts';
import { applyInput } from '../flow/call-flow.ts';
import type { Applied, CallState, Input, Next } from '../flow/types.ts';
import type { PinRead } from '../pins/read-pin.ts';
import type { Prompt } from '../prompts/prompt.ts';
import type { CallRow } from './call-rows.ts';
import { performEffects } from './effects/perform-effects.ts';
import { freshIds } from './fresh-ids.ts';
import { answerQuestion, type QuestionContext } from './questions/answer-question.ts';

/** An outcome without questions left. */
export type Settled = Applied & { next: Exclude<Next, { kind: 'ask' | 'hand_over' }> };

/** What the statements of one step share. */
export type StepTransaction = Pick<QuestionContext, 'now' | 'wakes' | 'along'>;

/**
 * Runs the flow from one input to where it waits for the caller again: does its effects and answers its questions,
 * all in the transaction of `client`, which holds the lock on the call's row.
 */
export async function runFlow(
  client: pg.ClientBase,
  deps: CallDeps,
  {
    call,
    input,
    pinRead = null,
    ...transaction
  }: { call: CallRow; input: Input; pinRead?: PinRead | null } & StepTransaction,
): Promise<Settled> {
  let state: CallState = call.state;
  let next: Input = input;
  const prompts: Prompt[] = [];
  for (;;) {
    const outcome = applyInput(state, next, freshIds(state.purpose));
    state = outcome.state;
    await performEffects(client, outcome.effects, { call, speakerId: state.speakerId, deps, ...transaction });
    // What is said before a question is said, too.
    prompts.push(...outcome.prompts);
    if (outcome.next.kind !== 'ask') return { ...outcome, prompts, next: outcome.next };
    next = await answerQuestion(client, outcome.next.question, {
      call,
      state,
      deps,
      pinRead,
      ...transaction,
    });
  }
}
