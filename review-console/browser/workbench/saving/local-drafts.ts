import type { LocalDraft } from './recovery.ts';

/**
 * What this computer keeps of each job. Written twice: into localStorage with the keystroke itself (survives the
 * page's end), and a moment later into IndexedDB (survives the browser's end: localStorage reaches the disk seconds
 * later, IndexedDB with the transaction). On reading, the later one counts. Neither is needed for the other to work.
 */
export interface LocalDrafts {
  /** Never throws; full or forbidden storage is told through `onTrouble`, once. */
  write(jobId: string, draft: LocalDraft): void;
  read(jobId: string): Promise<LocalDraft | null>;
  /** Takes the draft, and what was put aside, away once the job is done with. */
  remove(jobId: string): Promise<void>;
  /** Puts a text aside that lost against another: found again until the job is finished. */
  setAside(jobId: string, text: string, why: string): void;
  listAside(jobId: string): SetAside[];
}

export interface SetAside {
  text: string;
  why: string;
  atMs: number;
}

const DATABASE = 'dictaline-drafts';
const STORE = 'drafts';
/** IndexedDB is written after the letter is on the screen, and well within 100 ms. */
const MOMENT_MS = 30;
const draftKey = (jobId: string) => `dictaline.draft.${jobId}`;
/** What changes with a save and not with a keystroke: written only then, which halves the work of a key. */
const baseKey = (jobId: string) => `dictaline.base.${jobId}`;
const asideKey = (jobId: string) => `dictaline.aside.${jobId}`;

export function createLocalDrafts(storage: Storage, onTrouble: (message: string) => void): LocalDrafts {
  const database = openDatabase().catch(() => null);
  let trouble = false;
  let base: Base | null = null;
  let planned = false;
  let pending: { jobId: string; draft: LocalDraft } | null = null;
  let writing = false;

  function tellOnce(): void {
    if (trouble) return;
    trouble = true;
    onTrouble(
      'This browser does not keep text on this computer. The server keeps it as long as it is reachable.',
    );
  }

  // One transaction at a time; what was typed meanwhile goes with the next.
  async function writeToDatabase(): Promise<void> {
    if (writing) return;
    writing = true;
    try {
      const open = await database;
      while (open && pending) {
        const { jobId, draft } = pending;
        pending = null;
        await settled(transaction(open, 'readwrite').put(draft, jobId));
      }
    } catch {
      tellOnce();
    } finally {
      writing = false;
    }
  }

  return {
    write(jobId, draft) {
      const { baseText, unanswered, ...typed } = draft;
      try {
        if (!base || !isSameBase(base, draft)) {
          storage.setItem(baseKey(jobId), JSON.stringify({ baseText, unanswered }));
          base = { baseText, unanswered };
        }
        storage.setItem(draftKey(jobId), JSON.stringify(typed));
      } catch {
        tellOnce();
      }
      pending = { jobId, draft };
      if (planned) return;
      planned = true;
      setTimeout(() => {
        planned = false;
        void writeToDatabase();
      }, MOMENT_MS);
    },
    async read(jobId) {
      const typed = parse<LocalDraft>(storage.getItem(draftKey(jobId)));
      const basis = parse<Base>(storage.getItem(baseKey(jobId)));
      const fromStorage = typed && basis && { ...typed, ...basis };
      const open = await database;
      const fromDatabase = open
        ? await settled<LocalDraft | undefined>(transaction(open, 'readonly').get(jobId)).catch(
            () => undefined,
          )
        : undefined;
      if (!fromDatabase) return fromStorage;
      return fromStorage && fromStorage.savedAtMs >= fromDatabase.savedAtMs ? fromStorage : fromDatabase;
    },
    async remove(jobId) {
      storage.removeItem(draftKey(jobId));
      storage.removeItem(baseKey(jobId));
      storage.removeItem(asideKey(jobId));
      pending = null;
      const open = await database;
      if (open) await settled(transaction(open, 'readwrite').delete(jobId)).catch(() => undefined);
    },
    setAside(jobId, text, why) {
      const list = this.listAside(jobId).filter((aside) => aside.text !== text);
      try {
        storage.setItem(
          asideKey(jobId),
          JSON.stringify([...list, { text, why, atMs: Date.now() }].slice(-10)),
        );
      } catch {
        tellOnce();
      }
    },
    listAside: (jobId) => parse<SetAside[]>(storage.getItem(asideKey(jobId))) ?? [],
  };
}

type Base = Pick<LocalDraft, 'baseText' | 'unanswered'>;

function isSameBase(a: Base, b: Base): boolean {
  return (
    a.baseText === b.baseText &&
    a.unanswered.length === b.unanswered.length &&
    a.unanswered.every((text, index) => text === b.unanswered[index])
  );
}

function parse<T>(json: string | null): T | null {
  if (!json) return null;
  try {
    return JSON.parse(json) as T;
  } catch {
    return null;
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

function transaction(database: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore {
  return database.transaction(STORE, mode, { durability: 'strict' }).objectStore(STORE);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
