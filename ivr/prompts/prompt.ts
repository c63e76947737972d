import type { prompts } from './en-US.ts';

export type PromptId = keyof typeof prompts;

/** Something that the caller hears. */
export type Prompt =
  /** A text of the call's language. */
  | { say: PromptId; values?: Readonly<Record<string, string | number>> }
  /** What somebody wrote: a reply, a question of a survey. `language`: its own, where it isn't the call's. */
  | { speak: string; language?: string }
  /** A part of what the caller said; the end of it, or all. */
  | { playRecordingId: string; lastSeconds?: number }
  /** A piece of a dictation's audio. */
  | { playClip: { dictationId: string; fromMs: number; toMs: number } };

/** The texts of one language. `{name}` is a value as it is, `{name:digits}` read out digit by digit,
 * `{name:duration}` seconds in words. */
export interface PromptSet {
  language: string;
  /** A voice of the carrier. */
  voice: string;
  texts: Readonly<Record<PromptId, string>>;
  duration(seconds: number): string;
}
