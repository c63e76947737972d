import twilio from 'twilio';
import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { LONGEST_RECORDING_SECONDS } from '../flow/dictating/types.ts';
import type { Next } from '../flow/types.ts';
import type { Prompt, PromptSet } from '../prompts/prompt.ts';
import { promptSetOf, speak } from '../prompts/speak.ts';
import type { IvrUrls } from '../urls.ts';

/** Between two keys of an entry, and before the first: time to find a number in one's wallet. */
const ENTRY_TIMEOUT_SECONDS = 10;
const MENU_TIMEOUT_SECONDS = 8;

/**
 * Seconds of silence that end a recording. People who think of how a meeting went are silent for ten seconds and
 * more; carriers' usual 5 to 10 cut into that. Too long costs little: it only delays asking whether somebody who
 * put the phone down is still there, and hanging up is noticed at once anyway. The silence itself is trimmed.
 */
const SILENCE_SECONDS = 30;

type SayVoice = Parameters<VoiceResponse['say']>[0]['voice'];
type SayLanguage = Parameters<VoiceResponse['say']>[0]['language'];

interface Speaker {
  say(attributes: { voice?: SayVoice; language?: SayLanguage }, text: string): unknown;
  play(url: string): unknown;
}

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
  { set, urls, address }: { set: PromptSet; urls: IvrUrls; address: StepAddress },
): string {
  const { callId, step } = address;
  const response = new twilio.twiml.VoiceResponse();
  switch (next.kind) {
    case 'entry':
      tell(
        response.gather({
          input: ['dtmf'],
          finishOnKey: '#',
          timeout: ENTRY_TIMEOUT_SECONDS,
          actionOnEmptyResult: true,
          method: 'POST',
          action: urls.step(callId, step),
        }),
        prompts,
        { set, urls },
      );
      break;
    case 'menu':
      tell(
        response.gather({
          input: next.speech ? ['dtmf', 'speech'] : ['dtmf'],
          // None: pound and star are choices, too.
          finishOnKey: '',
          numDigits: 1,
          timeout: MENU_TIMEOUT_SECONDS,
          actionOnEmptyResult: true,
          method: 'POST',
          action: urls.step(callId, step),
        }),
        prompts,
        { set, urls },
      );
      break;
    case 'record': {
      const { recordingId } = next;
      tell(response, prompts, { set, urls });
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
      tell(response, prompts, { set, urls });
      response.hangup();
      break;
  }
  return response.toString();
}

function tell(speaker: Speaker, prompts: Prompt[], { set, urls }: { set: PromptSet; urls: IvrUrls }): void {
  // The library lists the carrier's voices and languages; ours is a row of data.
  const voice = set.voice as SayVoice;
  const language = set.language as SayLanguage;
  for (const prompt of prompts) {
    if ('say' in prompt) speaker.say({ voice, language }, speak(set, prompt));
    else if ('speak' in prompt) speaker.say(written(prompt.language) ?? { voice, language }, prompt.speak);
    else if ('playClip' in prompt) speaker.play(urls.clip(prompt.playClip));
    else speaker.play(urls.part(prompt.playRecordingId, prompt.lastSeconds));
  }
}

/** How a text in a language of its own is spoken; undefined when it has none. */
function written(language: string | undefined): { voice: SayVoice; language: SayLanguage } | undefined {
  if (language === undefined) return undefined;
  const set = promptSetOf(language);
  return { voice: set.voice as SayVoice, language: set.language as SayLanguage };
}
