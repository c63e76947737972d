import type { StepHandler } from '../types.ts';
import { checkedPin, enterPin } from './enter-pin.ts';
import { enterShortNumber } from './enter-short-number.ts';
import type { LoginStep } from './types.ts';

/*
 *   enter_short_number  number → enter_pin; nothing three times → over
 *   enter_pin           PIN → checking_pin; 0 on a known phone → enter_short_number; nothing three times → over
 *   checking_pin        right → handed over (logged_in); wrong → enter_* again, third time over; slowed → over
 */
export const loginSteps: Readonly<Record<LoginStep, StepHandler>> = {
  enter_short_number: enterShortNumber,
  enter_pin: enterPin,
  checking_pin: checkedPin,
};
