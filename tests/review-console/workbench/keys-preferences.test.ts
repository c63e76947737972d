import { describe, expect, it } from 'vitest';
import {
  createPreferences,
  type PreferencesParts,
} from '../../../review-console/browser/workbench/keys/preferences.ts';
import {
  readWorkbenchPreferences,
  type WorkbenchPreferences,
} from '../../../review-console/preferences/workbench-preferences.ts';
import { until } from '../../support/until.ts';

const usual = readWorkbenchPreferences({});

class MemoryStorage implements Storage {
  readonly #kept = new Map<string, string>();
  get length() {
    return this.#kept.size;
  }
  clear() {
    this.#kept.clear();
  }
  getItem(key: string) {
    return this.#kept.get(key) ?? null;
  }
  key(index: number) {
    return [...this.#kept.keys()][index] ?? null;
  }
  removeItem(key: string) {
    this.#kept.delete(key);
  }
  setItem(key: string, value: string) {
    this.#kept.set(key, value);
  }
}

function open(storage: Storage, change: Partial<PreferencesParts> = {}) {
  const sent: Partial<WorkbenchPreferences>[] = [];
  const events = new EventTarget();
  const preferences = createPreferences({
    fromPage: JSON.stringify(usual),
    userId: 'june',
    storage,
    events,
    async send(parts) {
      sent.push(parts);
      return true;
    },
    ...change,
  });
  return { preferences, sent, events };
}

describe('preferences', () => {
  it('take effect at once and reach the server, only the part that changed', async () => {
    const { preferences, sent, events } = open(new MemoryStorage());
    const seen: number[] = [];
    preferences.follow(() => seen.push(preferences.now.listening.speed));
    preferences.change('listening', { speed: 1.2 });
    preferences.change('listening', { gainDb: 6 });
    expect(seen).toEqual([1, 1.2, 1.2]);
    events.dispatchEvent(new Event('pagehide'));
    await until(() => Promise.resolve(sent.length === 1), 'the change to be sent');
    expect(sent).toEqual([{ listening: { ...usual.listening, speed: 1.2, gainDb: 6 } }]);
  });

  it('changed offline outlive the page, and go to the server at the next visit', async () => {
    const storage = new MemoryStorage();
    const offline = open(storage, { send: () => Promise.reject(new Error('offline')) });
    offline.preferences.change('pedal', { mode: 'toggle' });
    offline.events.dispatchEvent(new Event('pagehide'));
    const { preferences, sent } = open(storage, {
      fromPage: JSON.stringify({ ...usual, listening: { ...usual.listening, speed: 0.8 } }),
    });
    expect(preferences.now.pedal.mode).toBe('toggle');
    // What the server knows better is taken from there.
    expect(preferences.now.listening.speed).toBe(0.8);
    await until(() => Promise.resolve(sent.length === 1), 'the part to be sent');
    expect(sent).toEqual([{ pedal: { ...usual.pedal, mode: 'toggle' } }]);
    await until(
      () => Promise.resolve(storage.getItem('dictaline.preferences.june')?.includes('"unsent":[]') ?? false),
      'the part to be settled',
    );
  });

  it('open from what is kept here when a page comes without', () => {
    const storage = new MemoryStorage();
    open(storage).preferences.change('listening', { filter: true });
    expect(open(storage, { fromPage: '' }).preferences.now.listening.filter).toBe(true);
  });

  it('of another version, or broken, are not taken', () => {
    const storage = new MemoryStorage();
    for (const broken of ['{', '{"now":{"keys":{"preset":"wordstar","own":{}}}}', '[]', '"x"']) {
      storage.setItem('dictaline.preferences.june', broken);
      expect(open(storage).preferences.now).toEqual(usual);
    }
  });

  it('of one person are not those of another at the same computer', () => {
    const storage = new MemoryStorage();
    open(storage).preferences.change('listening', { speed: 2 });
    expect(open(storage, { userId: 'dale' }).preferences.now.listening.speed).toBe(1);
  });
});
