import { leave } from '../dictating/moves.ts';
import { PATIENCE } from '../moves.ts';
import type { StepHandler } from '../types.ts';
import { entryOf } from './entry.ts';
import { askPin, askShortNumber } from './moves.ts';

/** The rep's short number. Whether it exists is not told: the PIN is asked for either way. */
export const enterShortNumber: StepHandler = (state, input) => {
  if (input.kind !== 'keys') return askShortNumber(state, { say: 'enter_short_number' });
  const shortNumber = entryOf(input.keys);
  if (shortNumber !== '') {
    return askPin({ ...state, shortNumber, unheard: 0 }, [{ say: 'enter_pin' }]);
  }
  const unheard = state.unheard + 1;
  if (unheard >= PATIENCE) return leave(state, [{ say: 'nothing_entered' }]);
  return askShortNumber({ ...state, unheard }, { say: 'enter_short_number_again' });
};
