import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Fragment } from '../prompts/forms/value-forms.ts';
import { hasWords } from '../prompts/parse-text.ts';
import type { Prompt, PromptId } from '../prompts/prompt.ts';
import { recordedKeys } from '../prompts/recorded/key-prompt.ts';
import { type SpokenPiece, speak } from '../prompts/speak.ts';
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
  let fragments: Fragment[] = [];
  for (const piece of speak(speaking.set, prompt, speaking.moment)) {
    const ids = recordingsOf(speaking, prompt.say, piece);
    if (ids === null) {
      fragments.push(...(piece.kind === 'value' ? piece.fragments : [{ text: piece.text }]));
      continue;
    }
    say(speaker, speaking, fragments);
    fragments = [];
    for (const id of ids) speaker.play(urls.prompt(id));
  }
  say(speaker, speaking, fragments);
}

/** What is played instead of a voice; null when the voice speaks. */
function recordingsOf(speaking: Speaking, promptId: PromptId, piece: SpokenPiece): string[] | null {
  if (piece.kind === 'value') return recordedKeys(speaking, piece.fragments);
  const { set, recorded } = speaking;
  const id = recorded.find({ language: set.language, promptId, piece: piece.index, text: piece.text });
  return id === undefined ? null : [id];
}

/** Nothing when there are no words in it. Long texts in several pieces: the carrier refuses longer
 * ones. A pause at the beginning is left out. */
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
