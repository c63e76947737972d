import type { Clock } from '../../../platform/clock.ts';
import type { CrmObjectType } from '../connector.ts';
import type { Found } from './snapshots.ts';

/**
 * What was read a moment ago, for the write that follows from it: that write is made conditional at Salesforce, so
 * looking once more before it would only cost a request. Each is used once.
 */
export interface RecentReads {
  keep(objectType: CrmObjectType, externalKeys: readonly string[], found: ReadonlyMap<string, Found>): void;
  /** Null: it was not there; undefined: not read lately. */
  take(objectType: CrmObjectType, externalKey: string): Found | null | undefined;
}

const MAX_KEPT = 400;
const MAX_AGE_MS = 5_000;

export function createRecentReads(clock: Clock): RecentReads {
  const kept = new Map<string, { found: Found | null; readAt: number }>();
  return {
    keep(objectType, externalKeys, found) {
      for (const externalKey of externalKeys) {
        const name = `${objectType} ${externalKey}`;
        kept.delete(name);
        const seen = found.get(externalKey) ?? null;
        if (seen === null || seen.settled) kept.set(name, { found: seen, readAt: clock.now().getTime() });
      }
      for (const name of [...kept.keys()].slice(0, Math.max(0, kept.size - MAX_KEPT))) kept.delete(name);
    },
    take(objectType, externalKey) {
      const name = `${objectType} ${externalKey}`;
      const entry = kept.get(name);
      kept.delete(name);
      if (entry === undefined || clock.now().getTime() - entry.readAt > MAX_AGE_MS) return undefined;
      return entry.found;
    },
  };
}
