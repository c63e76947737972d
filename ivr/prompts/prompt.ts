import type { texts } from './en-US.ts';

/** A part of the call; prompts are listed by it. */
export type PromptGroup = keyof typeof texts;

export type PromptId = { [Group in PromptGroup]: keyof (typeof texts)[Group] }[PromptGroup];

/** The same prompts in another language. */
export type Texts = {
  readonly [Group in PromptGroup]: Readonly<Record<keyof (typeof texts)[Group], string>>;
};

export type PromptValues = Readonly<Record<string, string | number>>;

/** Something that the caller hears. */
export type Prompt =
  /** A text of the call's language. */
  | { say: PromptId; values?: PromptValues }
  /** What somebody wrote: a reply, a question of a survey. `language`: its own, where it isn't the call's. */
  | { speak: string; language?: string }
  /** A part of what the caller said; the end of it, or all. */
  | { playRecordingId: string; lastSeconds?: number }
  /** A piece of a dictation's audio. */
  | { playClip: { dictationId: string; fromMs: number; toMs: number } };
