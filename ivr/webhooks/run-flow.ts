import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';
import type { CallDeps } from '../deps.ts';
import { applyInput } from '../flow/call-flow.ts';
import type { CallState, Input, Next, Outcome, Question } from '../flow/types.ts';
import { checkPin } from '../pins/check-pin.ts';
import type { CallRow } from './call-rows.ts';
import { type EffectContext, performEffects, submit } from './effects.ts';

/** An outcome without questions left. */
export type Settled = Outcome & { next: Exclude<Next, { kind: 'ask' }> };

/** What the statements of one step share. */
export type StepTransaction = Pick<EffectContext, 'now' | 'wakes' | 'along'>;

/**
 * Runs the flow from one input to where it waits for the caller again: does its effects and answers its questions,
 * all in the transaction of `client`, which holds the lock on the call's row.
 */
export async function runFlow(
  client: pg.ClientBase,
  deps: CallDeps,
  { call, input, ...transaction }: { call: CallRow; input: Input } & StepTransaction,
): Promise<Settled> {
  let state: CallState = call.state;
  let next: Input = input;
  for (;;) {
    const outcome = applyInput(state, next, { dictationId: newId(), recordingId: newId() });
    state = outcome.state;
    const context = { call, speakerId: state.speakerId, replies: deps.replies, ...transaction };
    await performEffects(client, outcome.effects, context);
    if (outcome.next.kind !== 'ask') return { ...outcome, next: outcome.next };
    next = await answerQuestion(client, deps, {
      call,
      state,
      question: outcome.next.question,
      ...transaction,
    });
  }
}

async function answerQuestion(
  client: pg.ClientBase,
  { platform, replies }: CallDeps,
  asked: { call: CallRow; state: CallState; question: Question } & StepTransaction,
): Promise<Input> {
  const { call, state, question, now, wakes, along } = asked;
  switch (question.kind) {
    case 'check_pin': {
      const outcome = await checkPin(client, {
        secret: platform.config.secret,
        lineId: call.lineId,
        fromNumber: call.fromNumber,
        phoneOwnerId: state.phoneOwnerId,
        shortNumber: state.shortNumber ?? '',
        pin: question.pin,
        now,
      });
      if (outcome.kind === 'wrong') return { kind: 'pin_wrong' };
      if (outcome.kind === 'slowed') return { kind: 'pin_slowed', waitSeconds: outcome.waitSeconds };
      const { userId } = outcome;
      return { kind: 'pin_right', speakerId: userId, replies: await replies.repliesToHear(client, userId) };
    }
    case 'submit_dictation': {
      const submitted = submit(client, question.dictationId, { now, wakes });
      along(submitted);
      return { kind: 'submitted', reference: call.openReference ?? (await submitted) };
    }
    case 'find_messages': {
      if (state.speakerId === null) return { kind: 'messages_found', replies: [] };
      return { kind: 'messages_found', replies: await replies.repliesToHear(client, state.speakerId) };
    }
  }
}
