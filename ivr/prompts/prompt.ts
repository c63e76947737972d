import type { prompts } from './en-US.ts';

export type PromptId = keyof typeof prompts;

/** Something that the caller hears: a text of the line's language, or what they said themselves. */
export type Prompt =
  | { say: PromptId; values?: Readonly<Record<string, string | number>> }
  | { playRecordingId: string };

/** The texts of one language. `{name}` is a value as it is, `{name:digits}` read out digit by digit,
 * `{name:duration}` seconds in words. */
export interface PromptSet {
  language: string;
  /** A voice of the carrier. */
  voice: string;
  texts: Readonly<Record<PromptId, string>>;
  duration(seconds: number): string;
}
