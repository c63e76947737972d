import type { DraftDatabase } from './draft-database.ts';
import type { LocalDraft } from './recovery.ts';
import { expandDraft, type SmallDraft, shrinkDraft } from './small-draft.ts';

/**
 * What this computer keeps of each job. Written twice: into localStorage with the keystroke itself (survives the
 * page's end), and a moment later into IndexedDB (survives the browser's end: localStorage reaches the disk seconds
 * later, IndexedDB with the transaction). Each holds a whole draft and, behind it, how the newest differs from it. On
 * reading, the later one counts, by a number that rises with each write and knows no clock. Neither is needed for the
 * other to work.
 */
export interface LocalDrafts {
  /** Never throws; that neither storage takes it is told through `onTrouble`, once. */
  write(jobId: string, draft: NewDraft): void;
  /** What was written and still waits for its moment is written at once: the page may be gone then. */
  flush(): void;
  read(jobId: string): Promise<LocalDraft | null>;
  /** Takes the draft, and what was put aside, away once the job is done with. */
  remove(jobId: string): Promise<void>;
  /** Puts a text aside that lost against another: found again until the job is finished. */
  setAside(jobId: string, text: string, why: string): void;
  listAside(jobId: string): SetAside[];
}

/** Numbered when it is written. */
export type NewDraft = Omit<LocalDraft, 'seq'>;

export interface SetAside {
  text: string;
  why: string;
  atMs: number;
}

/** IndexedDB is written after the letter is on the screen, and well within 100 ms. */
const MOMENT_MS = 30;
/** A storage that refused is left alone for a while: asking a full one costs more than a key may. */
const REFUSED_MS = 5_000;
/** What the server has confirmed needs no second place; customers' words don't stay on a computer for ever. */
const KEEP_CONFIRMED_MS = 7 * 24 * 3_600_000;
const wholeKey = (jobId: string) => `dictaline.draft.${jobId}`;
const smallKey = (jobId: string) => `dictaline.small.${jobId}`;
const asideKey = (jobId: string) => `dictaline.aside.${jobId}`;

export function createLocalDrafts(
  storage: Storage,
  onTrouble: (message: string) => void,
  database: DraftDatabase,
  /** This draft is on the disk: no end of the browser takes it away. */
  onKept: (draft: LocalDraft) => void = () => {},
): LocalDrafts {
  let isTold = false;
  let seq = 0;
  /** The whole draft that a storage holds now, and until when it is left alone. */
  const inStorage: Held = { whole: null, restsUntilMs: 0, isRefused: false };
  const inDatabase: Held = { whole: null, restsUntilMs: 0, isRefused: false };
  let newest: { jobId: string; draft: LocalDraft } | null = null;
  let planned: ReturnType<typeof setTimeout> | undefined;
  let isWriting = false;
  let waits = false;

  function refuse(held: Held): void {
    held.whole = null;
    held.isRefused = true;
    held.restsUntilMs = performance.now() + REFUSED_MS;
    if (isTold || !inStorage.isRefused || !inDatabase.isRefused) return;
    isTold = true;
    onTrouble(
      'This browser does not keep text on this computer. The server keeps it as long as it is reachable.',
    );
  }

  function writeToStorage(jobId: string, draft: LocalDraft, small: SmallDraft | null): void {
    if (performance.now() < inStorage.restsUntilMs) return;
    try {
      if (small) storage.setItem(smallKey(jobId), JSON.stringify(small));
      else {
        storage.setItem(wholeKey(jobId), JSON.stringify(draft));
        storage.removeItem(smallKey(jobId));
        inStorage.whole = draft;
      }
      inStorage.isRefused = false;
    } catch {
      refuse(inStorage);
    }
  }

  // One transaction at a time; what was typed meanwhile goes with the next.
  async function writeToDatabase(): Promise<void> {
    if (isWriting || !newest || performance.now() < inDatabase.restsUntilMs) return;
    isWriting = true;
    try {
      while (waits && newest) {
        waits = false;
        const { jobId, draft }: { jobId: string; draft: LocalDraft } = newest;
        const small = inDatabase.whole && shrinkDraft(inDatabase.whole, draft);
        await database.put(jobId, small ? { small } : { whole: draft });
        if (!small) inDatabase.whole = draft;
        inDatabase.isRefused = false;
        onKept(draft);
      }
    } catch {
      waits = true;
      refuse(inDatabase);
    } finally {
      isWriting = false;
    }
  }

  function atItsMoment(): void {
    clearTimeout(planned);
    planned = undefined;
    if (!newest) return;
    const { jobId, draft } = newest;
    if (inStorage.whole === null || shrinkDraft(inStorage.whole, draft) === null)
      writeToStorage(jobId, draft, null);
    void writeToDatabase();
  }

  const drafts: LocalDrafts = {
    write(jobId, typed) {
      seq += 1;
      if (newest?.jobId !== jobId) {
        inStorage.whole = null;
        inDatabase.whole = null;
      }
      const draft = { ...typed, seq };
      newest = { jobId, draft };
      waits = true;
      const small = inStorage.whole && shrinkDraft(inStorage.whole, draft);
      if (small) writeToStorage(jobId, draft, small);
      planned ??= setTimeout(atItsMoment, MOMENT_MS);
    },
    flush() {
      if (planned) atItsMoment();
    },
    async read(jobId) {
      const kept = [fromStorage(storage, jobId), await fromDatabase(database, jobId)];
      const [latest = null] = kept
        .filter((draft) => draft !== null)
        .toSorted((a, b) => b.seq - a.seq || b.savedAtMs - a.savedAtMs);
      seq = Math.max(seq, latest?.seq ?? 0);
      return latest;
    },
    async remove(jobId) {
      for (const key of [wholeKey(jobId), smallKey(jobId), asideKey(jobId)]) storage.removeItem(key);
      clearTimeout(planned);
      planned = undefined;
      newest = null;
      waits = false;
      await database.remove(jobId).catch(() => undefined);
    },
    setAside(jobId, text, why) {
      const list = drafts.listAside(jobId).filter((aside) => aside.text !== text);
      try {
        storage.setItem(
          asideKey(jobId),
          JSON.stringify([...list, { text, why, atMs: Date.now() }].slice(-10)),
        );
      } catch {
        onTrouble('This browser is full: a text that was put aside could not be kept. Copy it now.');
      }
    },
    listAside: (jobId) => parse<SetAside[]>(storage.getItem(asideKey(jobId))) ?? [],
  };
  void sweep(storage, database);
  return drafts;
}

interface Held {
  whole: LocalDraft | null;
  restsUntilMs: number;
  isRefused: boolean;
}

function fromStorage(storage: Storage, jobId: string): LocalDraft | null {
  const whole = parse<LocalDraft>(storage.getItem(wholeKey(jobId)));
  if (!whole) return null;
  // Written by the version before this one: without a number, what was sent beside it.
  const base = whole.baseText === undefined && parse<LocalDraft>(storage.getItem(`dictaline.base.${jobId}`));
  return latestOf({ ...whole, ...base }, parse<SmallDraft>(storage.getItem(smallKey(jobId))));
}

async function fromDatabase(database: DraftDatabase, jobId: string): Promise<LocalDraft | null> {
  const { whole, small } = await database.get(jobId).catch(() => ({ whole: undefined, small: undefined }));
  return whole ? latestOf(whole, small) : null;
}

/** A small one that belongs to another whole one is older than the one that is there. */
function latestOf(whole: LocalDraft, small: SmallDraft | null | undefined): LocalDraft {
  return small && small.of === whole.seq ? expandDraft(whole, small) : { ...whole, seq: whole.seq ?? 0 };
}

/** Drafts that the server confirmed long ago go. Jobs come to other people, and nobody opens them here again. */
async function sweep(storage: Storage, database: DraftDatabase): Promise<void> {
  const isOver = ({ unsaved, savedAtMs }: Pick<LocalDraft, 'unsaved' | 'savedAtMs'>) =>
    !unsaved && savedAtMs < Date.now() - KEEP_CONFIRMED_MS;
  for (const key of Object.keys(storage)) {
    const jobId = /^dictaline\.draft\.(.+)$/.exec(key)?.[1];
    const draft = jobId ? fromStorage(storage, jobId) : null;
    if (!jobId || !draft || !isOver(draft)) continue;
    for (const each of [wholeKey(jobId), smallKey(jobId)]) storage.removeItem(each);
  }
  await database.sweep(isOver).catch(() => undefined);
}

function parse<T>(json: string | null): T | null {
  if (!json) return null;
  try {
    return JSON.parse(json) as T;
  } catch {
    return null;
  }
}
