import twilio from 'twilio';
import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { PromptId, PromptSet } from '../prompts/prompt.ts';

type Say = Parameters<VoiceResponse['say']>[0];

/** Something said and the end of the call; needs neither database nor call. */
export function renderGoodbye(set: PromptSet, say: PromptId): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say(
    { voice: set.voice as Say['voice'], language: set.language as Say['language'] },
    set.texts[say],
  );
  response.hangup();
  return response.toString();
}

/** Something said, a breath for whatever failed to recover, and the request `url` instead of the end. */
export function renderTryAgain(set: PromptSet, say: PromptId, url: string): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say(
    { voice: set.voice as Say['voice'], language: set.language as Say['language'] },
    set.texts[say],
  );
  response.pause({ length: 2 });
  response.redirect({ method: 'POST' }, url);
  return response.toString();
}
