import twilio from 'twilio';
import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { LONGEST_RECORDING_SECONDS } from '../flow/dictating/types.ts';
import type { Next } from '../flow/types.ts';
import type { Prompt } from '../prompts/prompt.ts';
import type { Speaking } from '../prompts/speaking.ts';
import type { IvrUrls } from '../urls.ts';
import { tell } from './tell.ts';

/** Between two keys of an entry, and before the first: time to find a number in one's wallet. */
const ENTRY_TIMEOUT_SECONDS = 10;
const MENU_TIMEOUT_SECONDS = 8;

/**
 * Seconds of silence that end a recording. People who think of how a meeting went are silent for ten seconds and
 * more; carriers' usual 5 to 10 cut into that. Too long costs little: it only delays asking whether somebody who
 * put the phone down is still there, and hanging up is noticed at once anyway. The silence itself is trimmed.
 */
const SILENCE_SECONDS = 30;

/**
 * Where beginning to speak means "go on", what is said is not looked at: it is over after a second of silence, or
 * after two seconds, so that nobody goes on to the end of a report that nobody records.
 */
const SPEECH = { speechTimeout: '1', maxSpeechTime: 2, bargeIn: true };

export interface AnswerToRender {
  prompts: Prompt[];
  next: Exclude<Next, { kind: 'ask' | 'hand_over' }>;
}

/** Which request the carrier makes next. */
export interface StepAddress {
  callId: string;
  step: number;
}

/** One step's answer as TwiML. */
export function renderAnswer(
  { prompts, next }: AnswerToRender,
  { speaking, urls, address }: { speaking: Speaking; urls: IvrUrls; address: StepAddress },
): string {
  const { callId, step } = address;
  const to = { speaking, urls };
  const response = new twilio.twiml.VoiceResponse();
  switch (next.kind) {
    case 'entry':
      tell(
        response.gather({
          input: ['dtmf'],
          finishOnKey: '#',
          timeout: next.seconds ?? ENTRY_TIMEOUT_SECONDS,
          actionOnEmptyResult: true,
          method: 'POST',
          action: urls.step(callId, step),
        }),
        prompts,
        to,
      );
      break;
    case 'menu':
      tell(
        response.gather({
          ...(next.speech
            ? { input: ['dtmf', 'speech'], ...SPEECH, language: speechLanguage(speaking) }
            : { input: ['dtmf'] }),
          // None: pound and star are choices, too.
          finishOnKey: '',
          numDigits: 1,
          timeout: next.seconds ?? MENU_TIMEOUT_SECONDS,
          actionOnEmptyResult: true,
          method: 'POST',
          action: urls.step(callId, step),
        }),
        prompts,
        to,
      );
      break;
    case 'record': {
      const { recordingId } = next;
      tell(response, prompts, to);
      response.record({
        finishOnKey: next.keys ?? '#*',
        timeout: SILENCE_SECONDS,
        maxLength: LONGEST_RECORDING_SECONDS,
        playBeep: true,
        trim: 'trim-silence',
        method: 'POST',
        action: urls.recorded(callId, step, recordingId),
        recordingStatusCallback: urls.recordingStatus(recordingId),
        recordingStatusCallbackMethod: 'POST',
        recordingStatusCallbackEvent: ['completed', 'absent'],
      });
      // The carrier makes no request after a recording that came out empty; it goes on here.
      response.redirect({ method: 'POST' }, urls.nothingRecorded(callId, step, recordingId));
      break;
    }
    case 'hang_up':
      tell(response, prompts, to);
      response.hangup();
      break;
  }
  return response.toString();
}

type SpeechLanguage = NonNullable<Parameters<VoiceResponse['gather']>[0]>['language'];

/** The library lists the carrier's languages as a type; ours are data. */
function speechLanguage({ set }: Speaking): SpeechLanguage {
  return set.language;
}
