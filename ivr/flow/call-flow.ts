import { askPin, askShortNumber, leave, outcome, saying } from './moves.ts';
import { confirmDrop } from './steps/confirm-drop.ts';
import { checkedPin, enterPin } from './steps/enter-pin.ts';
import { enterShortNumber } from './steps/enter-short-number.ts';
import { finished, foundMessages } from './steps/finished.ts';
import { hearReply } from './steps/hear-reply.ts';
import { paused } from './steps/paused.ts';
import { recording } from './steps/recording.ts';
import { submitting } from './steps/submitting.ts';
import type { CallState, FreshIds, Input, Outcome, StepHandler, StepName } from './types.ts';

/*
 * The report line. Pure: (state, input) → (state, prompts, effects, what to wait for).
 *
 *   answered            known phone → enter_pin, any other → enter_short_number
 *   enter_short_number  number → enter_pin; nothing three times → over
 *   enter_pin           PIN → checking_pin; 0 on a known phone → enter_short_number; nothing three times → over
 *   checking_pin        right → hear_reply or recording; wrong → enter_* again, third time over; slowed → over
 *   hear_reply          1 acknowledge, 2 again, else keep → next reply, then recording (or finished)
 *   recording           # → submitting; * → paused; silence → paused; limit → recording; hang-up → over
 *                       nothing heard → recording again, third time over
 *   paused              1 → recording; 2 hear → paused; 3 → confirm_drop; 4 urgent → paused; # → submitting
 *                       nothing three times → over
 *   confirm_drop        9 drops, anything else keeps → paused
 *   submitting          → finished
 *   finished            1 → recording; 2 → finding_messages; # → over; nothing three times → over
 *   finding_messages    → hear_reply or finished
 *   any                 hung up → over. Going over submits an open dictation that may hold speech, discards others.
 */
const STEPS: Readonly<Record<StepName, StepHandler>> = {
  enter_short_number: enterShortNumber,
  enter_pin: enterPin,
  checking_pin: checkedPin,
  hear_reply: hearReply,
  recording,
  paused,
  confirm_drop: confirmDrop,
  submitting,
  finished,
  finding_messages: foundMessages,
  over: (state) => outcome(state, { kind: 'hang_up' }, [{ say: 'goodbye' }]),
};

/** The first answer of a call on a report line. `phoneOwnerId`: the rep whose own phone calls, if it is one. */
export function beginCall({ line, phoneOwnerId }: { line: string; phoneOwnerId: string | null }): Outcome {
  const state: CallState = {
    at: 'enter_pin',
    phoneOwnerId,
    shortNumber: null,
    wrongPins: 0,
    unheard: 0,
    speakerId: null,
    replies: [],
    afterReplies: 'record',
    dictation: null,
  };
  return saying(
    [{ say: 'greeting', values: { line } }],
    phoneOwnerId === null
      ? askShortNumber(state, { say: 'enter_short_number' })
      : askPin(state, [{ say: 'enter_pin' }]),
  );
}

/** Applies one input. An input that the step has no use for repeats the step's prompt and loses nothing. */
export function applyInput(state: CallState, input: Input, fresh: FreshIds): Outcome {
  if (input.kind === 'hung_up' || (input.kind === 'recorded' && state.at === 'over')) return leave(state);
  return STEPS[state.at](state, input, fresh);
}
