import type { Prompt } from '../../prompts/prompt.ts';
import { leave } from '../dictating/moves.ts';
import { ask, handOver, PATIENCE, saying } from '../moves.ts';
import type { CallState, StepHandler } from '../types.ts';
import { entryOf } from './entry.ts';
import { askPin, askShortNumber, beginPinChange, triedPerson } from './moves.ts';

export const WRONG_PINS_A_CALL = 3;

/** On a borrowed phone this key leads to the short number; no PIN is that short. */
const NOT_MY_PHONE = '0';

/** The PIN of the phone's owner or of the short number that was keyed in. */
export const enterPin: StepHandler = (state, input) => {
  if (input.kind !== 'keys') return askPin(state, again(state));
  const pin = entryOf(input.keys);
  if (pin === '') {
    const unheard = state.unheard + 1;
    if (unheard >= PATIENCE) return leave(state, [{ say: 'nothing_entered' }]);
    return askPin({ ...state, unheard }, again(state));
  }
  if (pin === NOT_MY_PHONE && state.phoneOwnerId !== null) {
    return askShortNumber({ ...state, phoneOwnerId: null, unheard: 0 }, { say: 'enter_short_number' });
  }
  return ask({ ...state, unheard: 0 }, 'checking_pin', { kind: 'check_pin', pin });
};

/** What became of the PIN. */
export const checkedPin: StepHandler = (state, input) => {
  if (input.kind === 'pin_right') {
    const { speaker, mustChange } = input;
    const known: CallState = { ...state, ...speaker, shortNumber: null, wrongPins: [] };
    return mustChange
      ? saying([{ say: 'pin_is_issued' }], beginPinChange(known, 'logged_in'))
      : handOver(known, 'logged_in');
  }
  if (input.kind === 'pin_slowed') {
    const values = { wait: input.waitSeconds };
    if (state.phoneOwnerId === null) return leave(state, [{ say: 'pin_slowed', values }]);
    // Somebody may have forged the number; the short number is another way in.
    const borrowed = { ...state, phoneOwnerId: null };
    return saying(
      [{ say: 'pin_slowed_own', values }],
      askShortNumber(borrowed, { say: 'enter_short_number' }),
    );
  }
  const wrongPins = [...state.wrongPins, triedPerson(state)];
  if (wrongPins.length >= WRONG_PINS_A_CALL)
    return leave({ ...state, wrongPins }, [{ say: 'pin_wrong_last' }]);
  const retry = { ...state, wrongPins };
  // A mistyped short number looks the same as a wrong PIN, so both are asked for again.
  return saying(
    [{ say: 'pin_wrong' }],
    state.phoneOwnerId === null
      ? askShortNumber({ ...retry, shortNumber: null }, { say: 'enter_short_number_again' })
      : askPin(retry, again(state)),
  );
};

function again(state: CallState): Prompt[] {
  const prompt: Prompt = { say: 'enter_pin_again' };
  return state.phoneOwnerId === null ? [prompt] : [prompt, { say: 'enter_pin_other_phone' }];
}
