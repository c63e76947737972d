import { describe, expect, it } from 'vitest';
import type { DraftDatabase } from '../../../../review-console/browser/workbench/saving/draft-database.ts';
import {
  createLocalDrafts,
  type NewDraft,
} from '../../../../review-console/browser/workbench/saving/local-drafts.ts';
import type { LocalDraft } from '../../../../review-console/browser/workbench/saving/recovery.ts';
import type { SmallDraft } from '../../../../review-console/browser/workbench/saving/small-draft.ts';
import { until } from '../../../support/until.ts';

const draft = (text: string, rest: Partial<NewDraft> = {}): NewDraft => ({
  text,
  anchors: [],
  audioPositionMs: 0,
  review: null,
  leaseToken: 'lease',
  revision: 2,
  baseText: 'base',
  unanswered: [],
  unsaved: true,
  savedAtMs: Date.now(),
  ...rest,
});

/** A browser's storage with room for so many characters. */
class RoomyStorage implements Storage {
  readonly items = new Map<string, string>();
  room = Number.POSITIVE_INFINITY;
  written = 0;
  [name: string]: unknown;
  get length() {
    return this.items.size;
  }
  clear() {
    this.items.clear();
  }
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  key(index: number) {
    return [...this.items.keys()][index] ?? null;
  }
  removeItem(key: string) {
    this.items.delete(key);
    delete this[key];
  }
  setItem(key: string, value: string) {
    if (value.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.written += value.length;
    this.items.set(key, value);
    // As in a browser: items are properties, which Object.keys lists.
    this[key] = value;
  }
}

interface Held extends DraftDatabase {
  wholes: Map<string, LocalDraft>;
  smalls: Map<string, SmallDraft>;
  isFull: boolean;
}

function holding(): Held {
  const held: Held = {
    wholes: new Map(),
    smalls: new Map(),
    isFull: false,
    async put(jobId, given) {
      if (held.isFull) throw new DOMException('full', 'QuotaExceededError');
      if ('small' in given) held.smalls.set(jobId, structuredClone(given.small));
      else {
        held.wholes.set(jobId, structuredClone(given.whole));
        held.smalls.delete(jobId);
      }
    },
    get: async (jobId) => ({ whole: held.wholes.get(jobId), small: held.smalls.get(jobId) }),
    async remove(jobId) {
      held.wholes.delete(jobId);
      held.smalls.delete(jobId);
    },
    async sweep() {},
  };
  return held;
}

function kept({ storage = new RoomyStorage(), database = holding() } = {}) {
  const troubles: string[] = [];
  const drafts = createLocalDrafts(storage, (message) => troubles.push(message), database);
  /** What a page that opens anew would find. */
  const afterwards = (only: { storage?: boolean; database?: boolean } = {}) =>
    createLocalDrafts(
      only.database ? new RoomyStorage() : storage,
      () => {},
      only.storage ? holding() : database,
    ).read('job');
  return { storage, database, drafts, troubles, afterwards };
}

describe('drafts on this computer', () => {
  it('are in the page’s storage with the key, in the database a moment later', async () => {
    const { drafts, afterwards } = kept();
    drafts.write('job', draft('o'));
    drafts.flush();
    drafts.write('job', draft('on'));
    expect((await afterwards({ storage: true }))?.text).toBe('on');
    await until(async () => (await afterwards({ database: true }))?.text === 'on', 'the database to have it');
  });

  it('cost the key and not the text', async () => {
    const { drafts, storage, afterwards } = kept();
    const long = 'word '.repeat(10_000);
    drafts.write('job', draft(long, { baseText: long }));
    drafts.flush();
    const before = storage.written;
    for (let at = 1; at <= 10; at += 1) drafts.write('job', draft(long + 'x'.repeat(at), { baseText: long }));
    expect(storage.written - before).toBeLessThan(5_000);
    expect((await afterwards({ storage: true }))?.text).toBe(`${long}${'x'.repeat(10)}`);
  });

  it('are told by their number, whatever the clock of the computer did', async () => {
    const { drafts, database, afterwards } = kept();
    drafts.write('job', draft('early', { savedAtMs: 9_000_000_000_000 }));
    drafts.flush();
    await until(() => database.wholes.size === 1, 'the database to have the first');
    database.isFull = true;
    drafts.write('job', draft('late', { savedAtMs: 1_000 }));
    expect((await afterwards())?.text).toBe('late');
  });

  it('live in either storage alone; only when both refuse somebody is told, once', async () => {
    const { drafts, storage, database, troubles, afterwards } = kept();
    storage.room = 0;
    drafts.write('job', draft('one'));
    drafts.flush();
    await until(async () => (await afterwards())?.text === 'one', 'the database to have it');
    expect(troubles).toEqual([]);
    database.isFull = true;
    drafts.write('job', draft('one two'));
    drafts.flush();
    await until(() => troubles.length === 1, 'somebody to be told');
    drafts.write('job', draft('one two three'));
    drafts.flush();
    expect(troubles).toHaveLength(1);
    expect((await afterwards())?.text).toBe('one');
  });

  it('go on from what another version of the program left', async () => {
    const { storage, afterwards } = kept();
    const { baseText: _, unanswered: _sent, ...old } = draft('from before');
    storage.setItem('dictaline.draft.job', JSON.stringify(old));
    storage.setItem('dictaline.base.job', JSON.stringify({ baseText: 'from', unanswered: ['x'] }));
    expect(await afterwards()).toMatchObject({
      text: 'from before',
      baseText: 'from',
      unanswered: ['x'],
      seq: 0,
    });
  });

  it('are not kept for ever once the server has them; what it has not stays', async () => {
    const { storage, drafts } = kept();
    const long = Date.now() - 30 * 24 * 3_600_000;
    for (const [job, unsaved] of [
      ['confirmed', false],
      ['unsent', true],
    ] as const) {
      drafts.write(job, draft('words of a customer', { unsaved, savedAtMs: long }));
      drafts.flush();
    }
    createLocalDrafts(storage, () => {}, holding());
    expect([...storage.items.keys()]).toEqual(['dictaline.draft.unsent']);
  });
});
