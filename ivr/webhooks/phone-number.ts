/** What carriers put for a caller who withholds the number: words spelled on a keypad. */
const WITHHELD = new Set(['+266696687', '+7378742833', '+2562533', '+8566696', '+86282452253']);

/** E.164, or null when it is no telephone number (withheld, a SIP address). */
export function readPhoneNumber(text: string | undefined): string | null {
  const number = `+${(text ?? '').trim().replace(/^\+/, '')}`;
  return /^\+[1-9]\d{6,14}$/.test(number) && !WITHHELD.has(number) ? number : null;
}
