import type { Platform } from '../../../platform/platform.ts';

/** Which recordings speak instead of a voice; what the phone's answers are made with. */
export interface RecordedPrompts {
  /** Id of the recording of exactly these words; undefined when there is none or it speaks another text. */
  find(words: { language: string; promptId: string; piece: number; text: string }): string | undefined;
}

/** Where nothing is spoken, or before anything was recorded. */
export const NO_RECORDINGS: RecordedPrompts = { find: () => undefined };

/** Told after a recording was added, replaced or removed. */
export const PROMPTS_CHANGED = 'prompts.changed';

/** How long a process that missed the event goes on with what it knew. */
const REFRESH_EVERY_MS = 60_000;

export interface PromptBook extends RecordedPrompts {
  /** Reads the table anew; what is being asked for meanwhile is answered from what was known before. */
  refresh(): Promise<void>;
  close(): void;
}

interface Row {
  id: string;
  language: string;
  promptId: string;
  piece: number;
  text: string;
}

/**
 * The recordings in memory, so that an answer to the carrier needs no round trip for them. Read at once, after
 * every event, and every minute in case an event was lost; when reading fails, what was known stays.
 */
export async function createPromptBook(
  { database, events, log }: Pick<Platform, 'database' | 'events' | 'log'>,
  { everyMs = REFRESH_EVERY_MS }: { everyMs?: number } = {},
): Promise<PromptBook> {
  let known: ReadonlyMap<string, { id: string; text: string }> = new Map();
  let reading: Promise<void> | null = null;
  let isStale = false;

  async function read(): Promise<void> {
    // In: nothing. Out: every recording, some hundred short rows at most. Locks nothing.
    const { rows } = await database.pool.query<Row>({
      name: 'ivr-read-prompt-book',
      text: 'select id, language, prompt_id as "promptId", piece, text from prompt_audio',
    });
    known = new Map(rows.map((row) => [keyOf(row), { id: row.id, text: row.text }]));
  }
  /** One reading at a time; what changed during it is read after it. */
  async function refresh(): Promise<void> {
    isStale = true;
    reading ??= (async () => {
      try {
        while (isStale) {
          isStale = false;
          await read();
        }
      } finally {
        reading = null;
      }
    })();
    return reading;
  }
  const refreshQuietly = () => {
    refresh().catch((err: unknown) => log.warn({ err }, 'recorded prompts not read again'));
  };

  await refresh();
  const unsubscribe = events.subscribe(PROMPTS_CHANGED, refreshQuietly);
  const timer = setInterval(refreshQuietly, everyMs);
  timer.unref();
  return {
    find(words) {
      const recording = known.get(keyOf(words));
      return recording?.text === words.text ? recording.id : undefined;
    },
    refresh,
    close() {
      clearInterval(timer);
      unsubscribe();
    },
  };
}

function keyOf({ language, promptId, piece }: Pick<Row, 'language' | 'promptId' | 'piece'>): string {
  return `${language} ${promptId} ${piece}`;
}
