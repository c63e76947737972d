import { leave } from '../dictating/moves.ts';
import { PATIENCE } from '../moves.ts';
import type { CallState, FreshIds, Input, Outcome, StepHandler } from '../types.ts';
import { askAccount, askAfterwards, reportOn } from './moves.ts';
import { tellSentence } from './tell-briefing.ts';

/**
 * A briefing is told, a sentence at a time.
 *
 *     6, # or nothing   the next one; behind the last one → briefed
 *     4                 the one before; 5 this one again
 *     1                 record a report on this account; 3 another account; * the menu
 *     0                 the keys, and this one again
 */
export const briefing: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'keys') return tellSentence(state);
  switch (input.keys) {
    case '':
    case '6':
    case '#':
      return tellSentence(move(state, 1));
    case '4':
      return tellSentence(move(state, -1));
    case '5':
      return tellSentence(state);
    default:
      return elsewhere(state, input, fresh) ?? tellSentence(state, [{ say: 'briefing_keys' }]);
  }
};

/** All of it was told: 5 from the start, 4 the last one again, 1, 3 and * as before; nothing three times → over. */
export const briefed: StepHandler = (state, input, fresh) => {
  if (input.kind !== 'keys') return tellSentence(state);
  const here = { ...state, unheard: 0 };
  switch (input.keys) {
    case '': {
      const unheard = state.unheard + 1;
      if (unheard >= PATIENCE) return leave(state, [{ say: 'goodbye' }]);
      return tellSentence({ ...state, unheard });
    }
    case '4':
      return tellSentence(move(here, -1));
    case '5':
      return tellSentence(move(here, Number.NEGATIVE_INFINITY));
    case '#':
      return askAfterwards(here);
    default:
      return elsewhere(here, input, fresh) ?? tellSentence(here, [{ say: 'not_a_choice' }]);
  }
};

function elsewhere(
  state: CallState,
  input: Extract<Input, { kind: 'keys' }>,
  fresh: FreshIds,
): Outcome | null {
  if (state.briefing === null) return askAfterwards(state);
  switch (input.keys) {
    case '1':
      return reportOn(state, state.briefing.told.account, fresh);
    case '3':
      return askAccount({ ...state, briefing: null }, 'briefing');
    case '*':
      return askAfterwards(state);
    default:
      return null;
  }
}

/** Never before the first sentence; behind the last one all is told. */
function move(state: CallState, by: number): CallState {
  if (state.briefing === null) return state;
  const { told, place } = state.briefing;
  const to = Math.max(0, Math.min(told.sentences.length, place + by));
  return { ...state, briefing: { told, place: to } };
}
