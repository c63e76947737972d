import { z } from 'zod';

const stored = z.array(z.object({ from: z.string(), into: z.string() }));

/**
 * What became of codes that were merged, by key, as a codebook's row keeps it: of all versions before it, each with
 * the code that stands for it now.
 */
export function readMerges(merges: unknown): Map<string, string> {
  const parsed = stored.safeParse(merges ?? []);
  return new Map((parsed.data ?? []).map(({ from, into }) => [from, into]));
}

/**
 * The merges of the next version: those before, led on to where they end now, and the new ones. One whose end was
 * retired, or whose code exists again, is none any more. Pure.
 */
export function joinMerges(
  before: ReadonlyMap<string, string>,
  added: ReadonlyMap<string, string>,
  keys: ReadonlySet<string>,
): Map<string, string> {
  const all = new Map([...before, ...added]);
  const joined = new Map<string, string>();
  for (const from of all.keys()) {
    if (keys.has(from)) continue;
    const seen = new Set([from]);
    let into = all.get(from);
    while (into !== undefined && !keys.has(into) && !seen.has(into)) {
      seen.add(into);
      into = all.get(into);
    }
    if (into !== undefined && keys.has(into)) joined.set(from, into);
  }
  return joined;
}

/** As a row keeps it. */
export const toStoredMerges = (merges: ReadonlyMap<string, string>): { from: string; into: string }[] =>
  [...merges].map(([from, into]) => ({ from, into }));
