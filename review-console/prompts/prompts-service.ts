/** A language that lines speak. */
export interface Language {
  code: string;
  /** In itself. */
  name: string;
  /** The first one speaks unless another is chosen. */
  voices: readonly { id: string; label: string }[];
}

/** What callers hear, handed in by app: the phone's prompts and their recordings. */
export interface PromptsService {
  /** The first is the usual one. */
  languages: readonly Language[];
  /** @throws NotFound no such language */
  list(language: string): Promise<PromptsToShow>;
  /** @throws NotFound no such words; InvalidInput the file is no short piece of speech, with what to do about it */
  record(
    words: Words & { source: AsyncIterable<Uint8Array>; actorId: string },
  ): Promise<{ durationSeconds: number; level: Level }>;
  /** Done twice it changes nothing. */
  remove(words: Words & { actorId: string }): Promise<boolean>;
}

/** The words between two values of a prompt. */
export interface Words {
  language: string;
  promptId: string;
  piece: number;
}

/** Decibels below full scale. */
export interface Level {
  loudnessDb: number;
  peakDb: number;
  verdict: 'good' | 'quiet' | 'clipped';
}

export interface PromptsToShow {
  prompts: PromptToShow[];
  leftOver: (RecordingToShow & { promptId: string; piece: number })[];
}

export interface PromptToShow {
  id: string;
  group: string;
  pieces: PieceToShow[];
}

export type PieceToShow =
  | { kind: 'words'; index: number; text: string; canBeRecorded: boolean; recording: RecordingToShow | null }
  | { kind: 'value'; name: string; example: string };

export interface RecordingToShow {
  id: string;
  durationSeconds: number;
  isCurrent: boolean;
  text: string;
  uploadedBy: string | null;
  createdAt: Date;
}
