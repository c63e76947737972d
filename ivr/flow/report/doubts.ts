import type { Prompt } from '../../prompts/prompt.ts';
import { leave, mayHoldSpeech, startRecording, withPart } from '../dictating/moves.ts';
import { doing, outcome, PATIENCE, saying } from '../moves.ts';
import type { CallState, Effect, FreshIds, Outcome, StepHandler } from '../types.ts';
import { nextBefore } from './moves.ts';

/*
 * A passage that nobody could understand goes back to who said it.
 *
 *   hear_doubt     the report, and the passage with two seconds around it
 *       1, beginning to speak, or just waiting   answer_doubt
 *       2                                        not now: asked again at the next call → next station
 *       3                                        "I don't know any more": never asked again → next station
 *       *                                        the passage again
 *       #                                        none of them now → next station
 *   answer_doubt   is recorded
 *       # or a silence                           sent → next station
 *       *                                        the passage again; what was said is kept, more can be added
 *
 * Whatever was said goes to the transcriptionist, also when the caller then skips or hangs up.
 */

/** The next passage to say again; null when there is none (left). */
export function offerDoubts(state: CallState): Outcome | null {
  const [doubt] = state.doubts ?? [];
  if (doubt === undefined || state.afterReplies === 'menu') return null;
  const { account, day } = doubt;
  const which: Prompt =
    account === null
      ? { say: 'doubt', values: { day } }
      : { say: 'doubt_about', values: { about: account, day } };
  return playDoubt(state, [which]);
}

function playDoubt(state: CallState, prompts: Prompt[]): Outcome {
  const [doubt] = state.doubts ?? [];
  if (doubt === undefined) return nextBefore(state);
  const { dictationId, fromMs, toMs } = doubt;
  return outcome({ ...state, at: 'hear_doubt' }, { kind: 'menu', speech: true }, [
    ...prompts,
    { playClip: { dictationId, fromMs, toMs } },
    { say: 'doubt_keys' },
  ]);
}

export const hearDoubt: StepHandler = (state, input, fresh) => {
  const [doubt] = state.doubts ?? [];
  if (doubt === undefined) return nextBefore(state);
  const say: Prompt = doubt.kind === 'unsure_spelling' ? { say: 'doubt_spell' } : { say: 'doubt_record' };
  if (input.kind === 'spoke') return recordAnswer(state, fresh, [{ say: 'record_at_once' }]);
  if (input.kind !== 'keys') return playDoubt(state, []);
  switch (input.keys) {
    case '':
    case '1':
      return recordAnswer(state, fresh, [say]);
    case '2':
      return closeAnswer(state, [{ say: 'doubt_later' }]);
    case '3':
      return doing(
        [{ kind: 'give_up_doubt', doubtId: doubt.doubtId }],
        closeAnswer(state, [{ say: 'doubt_given_up' }]),
      );
    case '*':
      return playDoubt(state, []);
    case '#':
      return closeAnswer({ ...state, doubts: [doubt] }, []);
    default:
      return playDoubt(state, [{ say: 'not_a_choice' }]);
  }
};

export const answerDoubt: StepHandler = (state, input, fresh) => {
  const current = state.dictation?.parts.at(-1);
  if (current === undefined) return playDoubt(state, []);
  const { recordingId } = current;
  if (input.kind === 'nothing_recorded') {
    const marked = withPart(state, recordingId, { empty: true });
    return doing([{ kind: 'mark_empty', recordingId }], nothingHeard(marked, fresh));
  }
  // Whether the part that was being recorded exists shows when the carrier announces it.
  if (input.kind !== 'recorded') return recordAnswer(state, fresh, [{ say: 'record_resumed' }]);
  const heard = withPart(state, recordingId, { seconds: input.seconds });
  if (input.endedBy === 'hang_up') return leave(heard);
  if (input.endedBy === '*') return playDoubt({ ...heard, unheard: 0 }, []);
  if (!heard.dictation?.parts.some(mayHoldSpeech)) return nothingHeard(heard, fresh);
  if (input.endedBy === 'limit') return recordAnswer(heard, fresh, [{ say: 'record_at_limit' }]);
  return closeAnswer(heard, [{ say: 'doubt_thanks' }]);
};

function recordAnswer(state: CallState, fresh: FreshIds, prompts: Prompt[]): Outcome {
  const [doubt] = state.doubts ?? [];
  if (doubt === undefined) return nextBefore(state);
  const answering: CallState = { ...state, dictateFor: { kind: 'doubt', doubtId: doubt.doubtId } };
  const started = startRecording(answering, fresh, prompts);
  return {
    ...started,
    state: { ...started.state, at: 'answer_doubt' },
    next: { kind: 'record', recordingId: fresh.recordingId, keys: '#*' },
  };
}

function nothingHeard(state: CallState, fresh: FreshIds): Outcome {
  if (state.dictation?.parts.some(mayHoldSpeech)) return closeAnswer(state, [{ say: 'doubt_thanks' }]);
  const unheard = state.unheard + 1;
  if (unheard < PATIENCE)
    return recordAnswer({ ...state, unheard }, fresh, [{ say: 'record_nothing_heard' }]);
  return closeAnswer(state, [{ say: 'doubt_later' }]);
}

/** Done with this passage: what was said to it is sent. */
function closeAnswer(state: CallState, prompts: Prompt[]): Outcome {
  const { dictation } = state;
  const closed: CallState = {
    ...state,
    dictation: null,
    dictateFor: { kind: 'report', accountId: null },
    doubts: (state.doubts ?? []).slice(1),
    unheard: 0,
  };
  return doing(dictation === null ? [] : [closingOf(dictation)], saying(prompts, nextBefore(closed)));
}

function closingOf({ dictationId, parts }: NonNullable<CallState['dictation']>): Effect {
  return parts.some(mayHoldSpeech)
    ? { kind: 'submit_dictation', dictationId }
    : { kind: 'discard_dictation', dictationId };
}
