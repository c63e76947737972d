import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { exampleOf } from '../examples.ts';
import { findPromptSet } from '../languages.ts';
import { hasWords } from '../parse-text.ts';
import type { PromptGroup } from '../prompt.ts';

/** A recording in place of a voice. */
export interface ListedRecording {
  id: string;
  durationSeconds: number;
  /** It speaks the words as they are now; another one is not played. */
  isCurrent: boolean;
  /** What it speaks. */
  text: string;
  uploadedBy: string | null;
  createdAt: Date;
}

export type ListedPiece =
  | { kind: 'words'; index: number; text: string; canBeRecorded: boolean; recording: ListedRecording | null }
  /** `example`: what may be spoken there. */
  | { kind: 'value'; name: string; example: string };

export interface ListedPrompt {
  id: string;
  group: PromptGroup;
  pieces: ListedPiece[];
}

export interface ListedPrompts {
  prompts: ListedPrompt[];
  /** Recordings of words that are gone from the texts. */
  leftOver: (ListedRecording & { promptId: string; piece: number })[];
}

/** What is spoken in a language, in the order of its file, and what is recorded of it. @throws NotFound no such language */
export async function listPrompts(
  { database }: Pick<Platform, 'database'>,
  language: string,
): Promise<ListedPrompts> {
  const set = findPromptSet(language);
  if (!set) throw new NotFound(`No prompts in ${language}`);
  const rows = await database.prisma.promptAudio.findMany({
    where: { language },
    include: { uploadedBy: { select: { name: true } } },
    orderBy: [{ promptId: 'asc' }, { piece: 'asc' }],
  });
  const waiting = new Map(rows.map((row) => [`${row.promptId} ${row.piece}`, row]));
  const toRecording = (row: (typeof rows)[number], text: string): ListedRecording => ({
    id: row.id,
    durationSeconds: row.durationSeconds,
    isCurrent: row.text === text,
    text: row.text,
    uploadedBy: row.uploadedBy?.name ?? null,
    createdAt: row.createdAt,
  });
  const prompts = [...set.prompts.values()].map(
    ({ id, group, pieces }): ListedPrompt => ({
      id,
      group,
      pieces: pieces.map((piece): ListedPiece => {
        if (piece.kind === 'value')
          return { kind: 'value', name: piece.name, example: exampleOf(set, piece) };
        const { index, text } = piece;
        const canBeRecorded = hasWords(text);
        const key = `${id} ${index}`;
        const row = canBeRecorded ? waiting.get(key) : undefined;
        if (row) waiting.delete(key);
        const recording = row ? toRecording(row, text) : null;
        return { kind: 'words', index, text, canBeRecorded, recording };
      }),
    }),
  );
  const leftOver = [...waiting.values()].map((row) => ({
    ...toRecording(row, ''),
    isCurrent: false,
    promptId: row.promptId,
    piece: row.piece,
  }));
  return { prompts, leftOver };
}
