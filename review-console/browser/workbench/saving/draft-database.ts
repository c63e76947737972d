import type { LocalDraft } from './recovery.ts';
import type { SmallDraft } from './small-draft.ts';

/** Drafts in IndexedDB: a transaction that has ended is on the disk. Every call may reject. */
export interface DraftDatabase {
  /** In one transaction; a whole one takes the place of the small one before it. */
  put(jobId: string, draft: { whole: LocalDraft } | { small: SmallDraft }): Promise<void>;
  get(jobId: string): Promise<{ whole: LocalDraft | undefined; small: SmallDraft | undefined }>;
  remove(jobId: string): Promise<void>;
  /** Removes those of which `isOver` says so. */
  sweep(isOver: (draft: LocalDraft | SmallDraft) => boolean): Promise<void>;
}

const DATABASE = 'dictaline-drafts';
const STORE = 'drafts';
const smallKey = (jobId: string) => `${jobId}/small`;
/** A database that does not open in this time is as good as none: some browsers never answer in private windows. */
const PATIENCE_MS = 3_000;

export function createDraftDatabase(): DraftDatabase {
  let opened: Promise<IDBDatabase> | null = null;

  async function open(): Promise<IDBDatabase> {
    opened ??= inTime(openDatabase());
    try {
      return await opened;
    } catch (error) {
      // Forbidden now may be allowed a moment later; a full disk may be emptied.
      opened = null;
      throw error;
    }
  }

  /** Resolves when it is on the disk: only then has a full disk said so. */
  async function run<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const database = await open();
    try {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const ended = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
      });
      const request = work(transaction.objectStore(STORE));
      await ended;
      return request.result;
    } catch (error) {
      // The connection may be gone for good (storage cleared, disk in trouble): the next call opens another.
      opened = null;
      database.close();
      throw error;
    }
  }

  return {
    async put(jobId, draft) {
      await run<IDBValidKey>('readwrite', (store) => {
        if ('small' in draft) return store.put(draft.small, smallKey(jobId));
        store.delete(smallKey(jobId));
        return store.put(draft.whole, jobId);
      });
    },
    async get(jobId) {
      const [whole, small] = await Promise.all([
        run<LocalDraft | undefined>('readonly', (store) => store.get(jobId)),
        run<SmallDraft | undefined>('readonly', (store) => store.get(smallKey(jobId))),
      ]);
      return { whole, small };
    },
    async remove(jobId) {
      await run<undefined>('readwrite', (store) => {
        store.delete(smallKey(jobId));
        return store.delete(jobId);
      });
    },
    async sweep(isOver) {
      const keys = await run<IDBValidKey[]>('readonly', (store) => store.getAllKeys());
      for (const key of keys.filter((each) => !String(each).endsWith('/small'))) {
        const { whole, small } = await this.get(String(key));
        if (whole && isOver(small ?? whole)) await this.remove(String(key));
      }
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  // A browser that forbids it throws at once.
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      // Another window wants to upgrade or delete it: this one must not hold it back.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the database is blocked'));
  });
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the database does not open')), PATIENCE_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
