import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { InvalidInput, NotFound } from '../../../platform/errors.ts';
import type { ObjectStorage } from '../../../platform/object-storage/object-storage.ts';

const wav = { contentType: 'audio/wav' };

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

async function keysOf(storage: ObjectStorage, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of storage.list(prefix)) keys.push(key);
  return keys.sort();
}

/** What every object storage must do. `open` is called once. */
export function describeObjectStorage(name: string, open: () => Promise<ObjectStorage>): void {
  describe(name, () => {
    let storage: ObjectStorage;
    beforeAll(async () => {
      storage = await open();
    });

    test('is usable', async () => {
      await storage.check();
    });

    test('gives back what was put, with length, digest and type', async () => {
      const data = randomBytes(300_000);
      expect(await storage.put('a/whole.wav', data, wav)).toEqual({ bytes: 300_000, sha256: sha256(data) });
      const { stream, ...info } = await storage.get('a/whole.wav');
      expect(info).toEqual({ bytes: 300_000, totalBytes: 300_000, start: 0, contentType: 'audio/wav' });
      expect(sha256(await buffer(stream))).toBe(sha256(data));
      expect(await storage.head('a/whole.wav')).toEqual({ bytes: 300_000, contentType: 'audio/wav' });
    });

    test('streams what is larger than one part', async () => {
      const chunk = randomBytes(1024 * 1024);
      const source = Readable.from(Array.from({ length: 12 }, () => chunk));
      const whole = Buffer.concat(Array.from({ length: 12 }, () => chunk));
      expect(await storage.put('a/large.wav', source, wav)).toEqual({
        bytes: whole.length,
        sha256: sha256(whole),
      });
      expect(sha256(await buffer((await storage.get('a/large.wav')).stream))).toBe(sha256(whole));
    });

    test('holds an empty object', async () => {
      expect((await storage.put('a/empty.wav', Buffer.alloc(0), wav)).bytes).toBe(0);
      expect(await storage.head('a/empty.wav')).toEqual({ bytes: 0, contentType: 'audio/wav' });
      expect(await buffer((await storage.get('a/empty.wav')).stream)).toHaveLength(0);
    });

    test.each([
      [{ start: 0, end: 0 }, '0'],
      [{ start: 3, end: 6 }, '3456'],
      [{ start: 7 }, '789'],
      [{ start: 7, end: 1000 }, '789'],
    ])('reads the range %o', async (range, expected) => {
      await storage.put('a/digits.txt', Buffer.from('0123456789'), { contentType: 'text/plain' });
      const { stream, ...info } = await storage.get('a/digits.txt', range);
      expect((await buffer(stream)).toString()).toBe(expected);
      expect(info).toEqual({
        start: range.start,
        bytes: expected.length,
        totalBytes: 10,
        contentType: 'text/plain',
      });
    });

    test.each([{ start: 10 }, { start: -1 }, { start: 5, end: 4 }])('refuses the range %o', async (range) => {
      await storage.put('a/digits.txt', Buffer.from('0123456789'), { contentType: 'text/plain' });
      await expect(storage.get('a/digits.txt', range)).rejects.toThrow(InvalidInput);
    });

    test('replaces an object, whole', async () => {
      await storage.put('a/twice', Buffer.from('first and longer'), wav);
      await storage.put('a/twice', Buffer.from('second'), { contentType: 'text/plain' });
      expect((await buffer((await storage.get('a/twice')).stream)).toString()).toBe('second');
      expect(await storage.head('a/twice')).toEqual({ bytes: 6, contentType: 'text/plain' });
    });

    test('puts of one key at once leave one of them whole', async () => {
      const all = Array.from({ length: 8 }, (_, i) => Buffer.alloc(50_000, i));
      await Promise.all(all.map((data) => storage.put('a/raced', data, wav)));
      const kept = await buffer((await storage.get('a/raced')).stream);
      expect(all.map(sha256)).toContain(sha256(kept));
    });

    test('keeps nothing of a source that breaks off', async () => {
      async function* broken() {
        yield randomBytes(6 * 1024 * 1024);
        throw new Error('the line went dead');
      }
      const put = storage.put('broken/one', Readable.from(broken()), wav);
      await expect(put).rejects.toThrow('the line went dead');
      expect(await storage.head('broken/one')).toBeUndefined();
      expect(await keysOf(storage, 'broken')).toEqual([]);
    });

    test('an absent object is said to be absent; deleting it is done', async () => {
      expect(await storage.head('a/none')).toBeUndefined();
      await expect(storage.get('a/none')).rejects.toThrow(NotFound);
      await expect(storage.get('a/none', { start: 0 })).rejects.toThrow(NotFound);
      await storage.delete('a/none');
    });

    test('forgets what was deleted', async () => {
      await storage.put('a/gone', Buffer.from('x'), wav);
      await storage.delete('a/gone');
      expect(await storage.head('a/gone')).toBeUndefined();
      expect(await keysOf(storage, 'a/gone')).toEqual([]);
    });

    test('lists by prefix, more than one page of it', async () => {
      await Promise.all(
        Array.from({ length: 1010 }, (_, i) => storage.put(`list/part-${i}/x.wav`, Buffer.from('x'), wav)),
      );
      await storage.put('list2/x.wav', Buffer.from('x'), wav);
      expect(await keysOf(storage, 'list/')).toHaveLength(1010);
      expect(await keysOf(storage, 'list/part-100')).toEqual(
        [...Array.from({ length: 10 }, (_, i) => `list/part-100${i}/x.wav`), 'list/part-100/x.wav'].sort(),
      );
      expect(await keysOf(storage, 'list/part-7/')).toEqual(['list/part-7/x.wav']);
      expect(await keysOf(storage, 'nowhere/')).toEqual([]);
    }, 60_000);

    test.each([
      '',
      '/etc/passwd',
      '../x',
      'a/../../x',
      'a/./b',
      'a//b',
      'a/',
      '.hidden',
      'a/.b',
      'a\\b',
      'a\0b',
      'a b',
      'é',
      'a~b',
      'x'.repeat(513),
    ])('refuses the key %j', async (key) => {
      await expect(storage.put(key, Buffer.from('x'), wav)).rejects.toThrow(InvalidInput);
      await expect(storage.get(key)).rejects.toThrow(InvalidInput);
      await expect(storage.head(key)).rejects.toThrow(InvalidInput);
      await expect(storage.delete(key)).rejects.toThrow(InvalidInput);
    });
  });
}
