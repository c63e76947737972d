import type { PhoneClient } from '../../ivr/simulator/phone-client.ts';

const MOST_STEPS = 40;
const GOT_IT = '1';

/**
 * Calls, signs in from the rep's own phone, listens to the replies, acknowledges each and hangs up.
 * @returns everything that the line said
 */
export async function hearReplies(
  phone: PhoneClient,
  { from, to, pin }: { from: string; to: string; pin: string },
): Promise<string> {
  let call = await phone.placeCall({ from, to });
  for (let step = 0; step < MOST_STEPS && call.status === 'in-progress'; step++) {
    if (call.listening?.kind !== 'keys') break;
    const isMenu = call.listening.numDigits !== null;
    call = await phone.press(call.id, isMenu ? GOT_IT : `${pin}#`);
  }
  if (call.status === 'in-progress') call = await phone.hangUp(call.id);
  return call.events.map((event) => (event.kind === 'say' ? event.text : '')).join(' ');
}
