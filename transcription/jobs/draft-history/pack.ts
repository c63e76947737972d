import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { z } from 'zod';
import type { Change } from './change.ts';
import { keptMarkSchema } from './kept-mark.ts';

/** A change with who made it, where and when. */
export interface KeptChange extends Change {
  revision: number;
  userId: string | null;
  /** Told apart from other windows by it. */
  windowKey: string | null;
  /** The revision that was brought back by it. */
  restoredFrom: number | null;
  savedAt: Date;
}

const anchor = z.tuple([z.number(), z.number()]);
const row = z.tuple([
  /** Against the row before: revision, time in ms, place. */
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.string(),
  /** Indexes into `who`. */
  z.number(),
  z.number(),
  z.tuple([z.number(), z.number(), z.array(anchor)]).nullable(),
  z.array(keptMarkSchema).nullable(),
  z.number().nullable(),
]);
const packed = z.object({ who: z.array(z.string().nullable()), rows: z.array(row) });

/** Changes in order as one compressed piece. Most follow each other closely, so what is written is the difference. */
export async function packChanges(changes: readonly KeptChange[]): Promise<Buffer> {
  const who: (string | null)[] = [];
  const index = (name: string | null) => {
    const known = who.indexOf(name);
    return known >= 0 ? known : who.push(name) - 1;
  };
  let before = { revision: 0, ms: 0, at: 0 };
  const rows = changes.map((change) => {
    const { revision, at, removed, inserted, anchors, marks, restoredFrom } = change;
    const ms = change.savedAt.getTime();
    const made: z.infer<typeof row> = [
      revision - before.revision,
      ms - before.ms,
      at - before.at,
      removed,
      inserted,
      index(change.userId),
      index(change.windowKey),
      anchors,
      marks && [...marks],
      restoredFrom,
    ];
    before = { revision, ms, at: at + inserted.length };
    return made;
  });
  return promisify(deflate)(JSON.stringify({ who, rows }), { level: 9 });
}

export async function unpackChanges(bytes: Uint8Array): Promise<KeptChange[]> {
  const { who, rows } = packed.parse(JSON.parse((await promisify(inflate)(bytes)).toString()));
  let before = { revision: 0, ms: 0, at: 0 };
  return rows.map(([rises, later, on, removed, inserted, user, window, anchors, marks, restoredFrom]) => {
    const revision = before.revision + rises;
    const ms = before.ms + later;
    const at = before.at + on;
    before = { revision, ms, at: at + inserted.length };
    return {
      revision,
      at,
      removed,
      inserted,
      anchors,
      marks,
      userId: who[user] ?? null,
      windowKey: who[window] ?? null,
      restoredFrom,
      savedAt: new Date(ms),
    };
  });
}
