import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Faults } from './faults.ts';

const recordingInfo = z.object({
  recordingSid: z.string(),
  callSid: z.string(),
  startedAt: z.string(),
  /** Whole seconds, as the carrier tells them. */
  seconds: z.number(),
});

export type StoredRecording = z.infer<typeof recordingInfo>;

/** The simulated carrier's recordings: a WAV file and a note beside it for each, so that they outlive a restart. */
export interface MediaStore {
  /** `faults`: what will be wrong with fetching and deleting it; forgotten at a restart. */
  save(info: StoredRecording, wav: Buffer, faults?: Faults): Promise<void>;
  read(recordingSid: string): Promise<{ info: StoredRecording; wav: Buffer } | undefined>;
  /** Whether there was one. */
  delete(recordingSid: string): Promise<boolean>;
  /** How many there are. */
  count(): Promise<number>;
  /** Oldest first. */
  listOfCall(callSid: string): Promise<StoredRecording[]>;
}

export function createMediaStore(folder: string): MediaStore {
  const wavOf = (sid: string) => path.join(folder, `${sid}.wav`);
  const noteOf = (sid: string) => path.join(folder, `${sid}.json`);

  // A note never changes. Those of a call are looked for among all there are, so each is read once.
  const notes = new Map<string, StoredRecording>();

  async function noteOnce(sid: string): Promise<StoredRecording | undefined> {
    const info = notes.get(sid) ?? (await readInfo(sid));
    if (info) notes.set(sid, info);
    return info;
  }

  async function readInfo(sid: string): Promise<StoredRecording | undefined> {
    try {
      return recordingInfo.parse(JSON.parse(await readFile(noteOf(sid), 'utf8')));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async function listSids(): Promise<string[]> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
  }

  return {
    async save(info, wav) {
      await mkdir(folder, { recursive: true });
      await writeFile(wavOf(info.recordingSid), wav);
      // The note last and at once: a recording with a note is complete.
      await writeFile(`${noteOf(info.recordingSid)}.new`, JSON.stringify(info));
      await rename(`${noteOf(info.recordingSid)}.new`, noteOf(info.recordingSid));
    },
    async read(sid) {
      if (!isSid(sid)) return undefined;
      const info = await readInfo(sid);
      return info && { info, wav: await readFile(wavOf(sid)) };
    },
    async delete(sid) {
      if (!isSid(sid) || (await readInfo(sid)) === undefined) return false;
      await rm(noteOf(sid), { force: true });
      await rm(wavOf(sid), { force: true });
      notes.delete(sid);
      return true;
    },
    count: async () => (await listSids()).length,
    async listOfCall(callSid) {
      const sids = await listSids();
      const infos = await Promise.all(sids.map(noteOnce));
      return infos
        .filter((info) => info !== undefined)
        .filter((info) => info.callSid === callSid)
        .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
    },
  };
}

/** Also keeps names from leading out of the folder. */
function isSid(sid: string): boolean {
  return /^RE[0-9a-f]{32}$/.test(sid);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
