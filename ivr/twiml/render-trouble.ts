import twilio from 'twilio';
import type { PromptId } from '../prompts/prompt.ts';
import type { Speaking } from '../prompts/speaking.ts';
import type { IvrUrls } from '../urls.ts';
import { tell } from './tell.ts';

/** Something said and the end of the call; needs neither database nor call. */
export function renderGoodbye(to: { speaking: Speaking; urls: IvrUrls }, say: PromptId): string {
  const response = new twilio.twiml.VoiceResponse();
  tell(response, [{ say }], to);
  response.hangup();
  return response.toString();
}

/** Something said, a breath for whatever failed to recover, and the request `url` instead of the end. */
export function renderTryAgain(
  to: { speaking: Speaking; urls: IvrUrls },
  say: PromptId,
  url: string,
): string {
  const response = new twilio.twiml.VoiceResponse();
  tell(response, [{ say }], to);
  response.pause({ length: 2 });
  response.redirect({ method: 'POST' }, url);
  return response.toString();
}
