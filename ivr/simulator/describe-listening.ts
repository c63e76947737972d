import type { Listening } from './call-events.ts';
import type { Verb } from './parse-twiml.ts';

/** What the caller may do while a Gather or a Record waits, with the carrier's defaults for what TwiML leaves out. */
export function describeListening({
  kind,
  verb,
}: {
  kind: 'keys' | 'recording';
  verb: Verb;
}): NonNullable<Listening> {
  const { timeout, numDigits, finishOnKey, input = 'dtmf' } = verb.attributes;
  const timeoutSeconds = Number(timeout ?? 5);
  if (kind === 'recording') return { kind, timeoutSeconds, finishOnKey: finishOnKey ?? '1234567890*#' };
  return {
    kind,
    timeoutSeconds,
    finishOnKey: finishOnKey ?? '#',
    numDigits: numDigits === undefined ? null : Number(numDigits),
    hearsSpeech: input.split(' ').includes('speech'),
  };
}
