import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import {
  access,
  constants,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Unavailable } from '../errors.ts';
import { makeDataFolder } from '../keep-secret.ts';
import { checkKey, checkPrefix, noSuchObject, resolveRange } from './check-key.ts';
import { asReadable, createMeasure } from './measure.ts';
import type { ByteRange, ObjectContent, ObjectInfo, ObjectStorage } from './object-storage.ts';

/** Beside each object; a key can't end so, because `~` is not allowed in it. */
const TYPE_SUFFIX = '~type';
/** Unfinished writes; a key can't begin so. */
const UNFINISHED = '.unfinished';

/** Objects as files under `folder`, written beside their place, flushed to disk and then renamed. */
export function createFileStorage({ folder }: { folder: string }): ObjectStorage {
  const root = path.resolve(folder);

  function fileOf(key: string): string {
    checkKey(key);
    return path.join(root, ...key.split('/'));
  }

  async function describe(key: string): Promise<ObjectInfo | undefined> {
    const file = fileOf(key);
    try {
      const [{ size }, contentType] = await Promise.all([stat(file), readFile(file + TYPE_SUFFIX, 'utf8')]);
      return { bytes: size, contentType };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    async put(key, source, { contentType }) {
      const file = fileOf(key);
      const measure = createMeasure();
      const unfinished = path.join(root, UNFINISHED, randomUUID());
      await mkdir(path.dirname(unfinished), { recursive: true });
      try {
        await pipeline(asReadable(source), measure.stream, createWriteStream(unfinished, { flush: true }));
        await mkdir(path.dirname(file), { recursive: true });
        // The type first: without its object it means nothing, whereas the object needs it.
        await writeFlushed(unfinished + TYPE_SUFFIX, contentType);
        await rename(unfinished + TYPE_SUFFIX, file + TYPE_SUFFIX);
        await rename(unfinished, file);
        await flushFolder(path.dirname(file));
      } finally {
        await rm(unfinished, { force: true });
        await rm(unfinished + TYPE_SUFFIX, { force: true });
      }
      return measure.result();
    },

    async get(key, range?: ByteRange): Promise<ObjectContent> {
      const file = fileOf(key);
      const info = await describe(key);
      if (!info) throw noSuchObject(key);
      const { contentType, bytes: totalBytes } = info;
      if (!range)
        return { stream: createReadStream(file), contentType, totalBytes, bytes: totalBytes, start: 0 };
      const { start, end } = resolveRange(range, totalBytes);
      const stream = createReadStream(file, { start, end });
      return { stream, contentType, totalBytes, bytes: end - start + 1, start };
    },

    head: describe,

    async delete(key) {
      const file = fileOf(key);
      await rm(file, { force: true });
      await rm(file + TYPE_SUFFIX, { force: true });
    },

    async *list(prefix) {
      checkPrefix(prefix);
      yield* keysBelow(root, '', prefix);
    },

    async check() {
      try {
        makeDataFolder(root);
        await access(root, constants.R_OK | constants.W_OK);
      } catch (cause) {
        throw new Unavailable(`object storage: the folder ${root} can not be written to`, { cause });
      }
    },
  };
}

async function* keysBelow(root: string, folder: string, prefix: string): AsyncIterable<string> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const entry of entries) {
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name === UNFINISHED || entry.name.endsWith(TYPE_SUFFIX)) continue;
    const mayMatch = key.startsWith(prefix) || prefix.startsWith(`${key}/`);
    if (entry.isDirectory() && mayMatch) yield* keysBelow(root, key, prefix);
    else if (entry.isFile() && key.startsWith(prefix)) yield key;
  }
}

async function writeFlushed(file: string, text: string): Promise<void> {
  await withHandle(file, 'w', async (handle) => {
    await handle.writeFile(text);
    await handle.sync();
  });
}

/** Makes a rename survive a power failure. Windows can't open a folder, and needn't. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await withHandle(folder, 'r', (handle) => handle.sync());
}

async function withHandle(
  file: string,
  flags: string,
  work: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const handle = await open(file, flags);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
