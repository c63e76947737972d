import type { StepHandler } from '../types.ts';
import { checkedNewPin, choosePin, repeatPin, savedPin } from './change-pin.ts';
import { checkedPin, enterPin } from './enter-pin.ts';
import { enterShortNumber } from './enter-short-number.ts';
import type { LoginStep } from './types.ts';

/*
 *   enter_short_number  number → enter_pin; nothing three times → over
 *   enter_pin           PIN → checking_pin; 0 on a known phone → enter_short_number; nothing three times → over
 *   checking_pin        right → handed over (logged_in), or choose_pin when the PIN was issued
 *                       wrong → enter_* again, third time over
 *                       slowed → enter_short_number on a known phone, over on any other
 *   choose_pin          PIN → checking_new_pin; nothing twice → handed over
 *   checking_new_pin    fine → repeat_pin; refused → choose_pin, third time handed over
 *   repeat_pin          PIN → saving_pin; nothing twice → handed over
 *   saving_pin          saved → handed over; differs → choose_pin, third time handed over
 */
export const loginSteps: Readonly<Record<LoginStep, StepHandler>> = {
  enter_short_number: enterShortNumber,
  enter_pin: enterPin,
  checking_pin: checkedPin,
  choose_pin: choosePin,
  checking_new_pin: checkedNewPin,
  repeat_pin: repeatPin,
  saving_pin: savedPin,
};
