import type { CallEvent } from './call-events.ts';
import type { CallView } from './control-routes.ts';
import type { PhoneClient } from './phone-client.ts';

export interface Dictation {
  to: string;
  /** E.164; empty: withheld. */
  from: string;
  shortNumber: string | null;
  pin: string;
  /** A WAV or MP3 file. */
  audio: Buffer;
  /** Pressed one after another once the audio was spoken; `#` is pressed at the end if they don't finish it. */
  keys: string[];
}

/** Seven digits read out one by one. */
const REFERENCE = /reference is ((?:\d, ?){6}\d)/;
/** More than any call of this kind takes. */
const MOST_STEPS = 60;

/**
 * Calls, signs in, dictates one report and hangs up when its reference was read back.
 * @param show gets each line of the conversation as it happens; keys of the PIN are masked
 * @returns the reference, null when none was read back
 */
export async function dictate(
  phone: PhoneClient,
  { to, from, shortNumber, pin, audio, keys }: Dictation,
  show: (line: string) => void,
): Promise<string | null> {
  const secrets = new Set([pin]);
  const left = [...keys];
  let shown = 0;
  let hasSpoken = false;
  let call = await phone.placeCall({ from, to });

  for (let step = 0; step < MOST_STEPS; step += 1) {
    const news = call.events.slice(shown);
    shown = call.events.length;
    for (const event of news) show(describe(event, secrets));
    const said = textOf(news);
    const reference = REFERENCE.exec(said)?.[1]?.replaceAll(/\D/g, '');
    if (reference !== undefined) {
      await finish(call, shown);
      return reference;
    }
    if (call.status === 'completed') return null;
    call = await next(call, said);
  }
  await finish(call, shown);
  return null;

  async function next(now: CallView, said: string): Promise<CallView> {
    if (now.listening?.kind === 'recording' && !hasSpoken) {
      hasSpoken = true;
      return phone.speak(now.id, audio);
    }
    if (hasSpoken) return phone.press(now.id, left.shift() ?? '#');
    if (now.listening?.kind !== 'keys' || now.listening.numDigits !== null) {
      return phone.press(now.id, keyThatLeaves(lastSaid(now.events)));
    }
    if (/\bPIN\b/.test(said) && !/short number/.test(said)) return phone.press(now.id, `${pin}#`);
    if (shortNumber !== null) return phone.press(now.id, `${shortNumber}#`);
    show('(The line asks for a short number and none was given.)');
    return phone.hangUp(now.id);
  }

  async function finish(now: CallView, seen: number): Promise<void> {
    const end = now.status === 'completed' ? now : await phone.hangUp(now.id);
    for (const event of end.events.slice(seen)) show(describe(event, secrets));
  }
}

/**
 * The key that gets past a menu before the report and changes nothing: this caller has no ears, so a reply is kept, a
 * passage is asked again, what is on hold stays there. Goes by the keys that the menu ends with, in any language.
 */
export function keyThatLeaves(said: string): string {
  const offered = new Set(said.match(/(?<!\d)\d(?!\d)/g));
  // Passages to say again: 3 would be "I don't know any more".
  if (offered.size === 0 || /\bstar\b|\basterisco\b/i.test(said)) return '#';
  return offered.has('3') ? '3' : '2';
}

function lastSaid(events: readonly CallEvent[]): string {
  return events.flatMap((event) => (event.kind === 'say' ? [event.text] : [])).at(-1) ?? '';
}

function textOf(events: readonly CallEvent[]): string {
  return events.map((event) => (event.kind === 'say' ? event.text : '')).join(' ');
}

function describe(event: CallEvent, secrets: ReadonlySet<string>): string {
  switch (event.kind) {
    case 'say':
      return `Line    ${event.text}`;
    case 'play':
      return 'Line    (plays a recording)';
    case 'pause':
      return `Line    (${event.seconds} s of silence)`;
    case 'tone':
      return 'Line    (tone)';
    case 'keys':
      return `Caller  [${mask(event.keys, secrets)}]`;
    case 'speech':
      return `Caller  (speaks for ${event.seconds.toFixed(1)} s)`;
    case 'recorded':
      return `Line    (recorded ${event.seconds.toFixed(1)} s)`;
    case 'trouble':
      return `Line    (trouble: ${event.text})`;
    case 'ended':
      return event.by === 'caller' ? 'Caller  (hangs up)' : 'Line    (hangs up)';
  }
}

function mask(keys: string, secrets: ReadonlySet<string>): string {
  const entry = keys.replace(/#$/, '');
  return secrets.has(entry) ? '•'.repeat(entry.length) + keys.slice(entry.length) : keys;
}
