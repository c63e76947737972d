import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { InvalidInput } from '../../platform/errors.ts';

/**
 * A telephone number as E.164. Without a country code it is taken for a North American one. Only its length is
 * judged: carriers also know numbers that numbering plans don't.
 */
export function toE164(text: string): string {
  const number = parsePhoneNumberFromString(text, 'US');
  if (!number?.isPossible())
    throw new InvalidInput('not a phone number', {
      userMessage:
        'One of the phone numbers is not right. Write it with its country code, like +1 602 555 0134.',
    });
  return number.number;
}
