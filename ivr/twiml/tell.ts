import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Fragment } from '../prompts/forms/value-forms.ts';
import { hasWords } from '../prompts/parse-text.ts';
import type { Prompt } from '../prompts/prompt.ts';
import { speak } from '../prompts/speak.ts';
import { inLanguage, type Speaking } from '../prompts/speaking.ts';
import type { IvrUrls } from '../urls.ts';
import { splitSpeech } from './split-speech.ts';
import { toXmlText } from './to-xml-text.ts';

/** A verb that can speak: the response itself, or what gathers keys meanwhile. */
type Speaker = Pick<VoiceResponse, 'say' | 'play'>;

type SayAttributes = Parameters<VoiceResponse['say']>[0];

/** Where the audio is that answers name. */
export type AudioUrls = Pick<IvrUrls, 'part' | 'clip' | 'prompt'>;

/** Adds what the caller hears to a verb: a voice, or recordings in its place, in the order of the prompts. */
export function tell(
  speaker: Speaker,
  prompts: readonly Prompt[],
  { speaking, urls }: { speaking: Speaking; urls: AudioUrls },
): void {
  for (const prompt of prompts) {
    if ('say' in prompt) tellText(speaker, prompt, { speaking, urls });
    else if ('speak' in prompt) {
      say(speaker, inLanguage(speaking, prompt.language), [{ text: prompt.speak }]);
    } else if ('playClip' in prompt) speaker.play(urls.clip(prompt.playClip));
    else speaker.play(urls.part(prompt.playRecordingId, prompt.lastSeconds));
  }
}

/** What a voice speaks between two recordings is one sentence to it, so that its melody fits. */
function tellText(
  speaker: Speaker,
  prompt: Extract<Prompt, { say: unknown }>,
  { speaking, urls }: { speaking: Speaking; urls: AudioUrls },
): void {
  const { set, moment, recorded } = speaking;
  let fragments: Fragment[] = [];
  for (const piece of speak(set, prompt, moment)) {
    if (piece.kind === 'value') {
      fragments.push(...piece.fragments);
      continue;
    }
    const { index, text } = piece;
    const recordingId = recorded.find({ language: set.language, promptId: prompt.say, piece: index, text });
    if (recordingId === undefined) {
      fragments.push({ text });
      continue;
    }
    say(speaker, speaking, fragments);
    fragments = [];
    speaker.play(urls.prompt(recordingId));
  }
  say(speaker, speaking, fragments);
}

/** Nothing when there are no words in it. Long texts in several pieces: the carrier refuses longer ones. */
function say(speaker: Speaker, { set, voice }: Speaking, fragments: readonly Fragment[]): void {
  // The library lists the carrier's voices and languages as types; ours are data.
  const attributes = { voice, language: set.language } as SayAttributes & object;
  for (const piece of splitSpeech(joinTexts(fragments))) {
    const [first, ...rest] = piece;
    if (first === undefined || !piece.some((each) => 'text' in each && hasWords(each.text))) continue;
    const spoken = speaker.say(attributes, 'text' in first ? first.text : '');
    for (const fragment of rest) {
      if ('text' in fragment) spoken.addText(fragment.text);
      else spoken.break({ time: `${fragment.pauseMs}ms` });
    }
  }
}

/** Fit for a document, neighboring texts as one, without space at either end. */
function joinTexts(fragments: readonly Fragment[]): Fragment[] {
  const joined: Fragment[] = [];
  for (const fragment of fragments) {
    const last = joined.at(-1);
    if ('pauseMs' in fragment || last === undefined || !('text' in last)) joined.push(fragment);
    else joined[joined.length - 1] = { text: last.text + fragment.text };
  }
  return joined
    .map((fragment) => ('text' in fragment ? { text: toXmlText(fragment.text) } : fragment))
    .map((fragment, at, all) => {
      if (!('text' in fragment)) return fragment;
      const start = at === 0 ? fragment.text.trimStart() : fragment.text;
      return { text: at === all.length - 1 ? start.trimEnd() : start };
    });
}
