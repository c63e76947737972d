import { DEFAULT_TIME_ZONE } from '../../platform/time-zone.ts';
import type { Moment } from './forms/value-forms.ts';
import { promptSetOf, voiceOf } from './languages.ts';
import type { PromptSet } from './prompt-set.ts';
import type { RecordedPrompts } from './recorded/prompt-book.ts';

/** How a caller is spoken to. */
export interface Speaking {
  set: PromptSet;
  /** Of the carrier. */
  voice: string;
  moment: Moment;
  recorded: RecordedPrompts;
}

export interface Listener {
  language: string;
  /** Chosen for the line; spoken when it is one of that language. */
  voice?: string | null;
  timeZone?: string | null;
  now: Date;
}

/** Everything that an answer to this listener is spoken with; a language without texts is spoken in English. */
export function speakingTo(
  { language, voice, timeZone, now }: Listener,
  recorded: RecordedPrompts,
): Speaking {
  const set = promptSetOf(language);
  return {
    set,
    voice: voiceOf(set, voice),
    moment: { now, timeZone: timeZone ?? DEFAULT_TIME_ZONE },
    recorded,
  };
}

/** The same in another language; the voice changes with it. */
export function inLanguage(speaking: Speaking, language: string | undefined): Speaking {
  if (language === undefined || language === speaking.set.language) return speaking;
  const set = promptSetOf(language);
  return { ...speaking, set, voice: voiceOf(set, speaking.voice) };
}
