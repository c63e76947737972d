import type { CodedUnit } from './coding.ts';
import { type CodingApi, Refused } from './coding-api.ts';

export interface KeptCoding {
  codingId: string;
  claimToken: string;
  revision: number;
  units: CodedUnit[];
}

export interface CodingKeeper {
  /** On this computer at once, on the server as soon as it answers. */
  keep(units: CodedUnit[]): void;
  /** All that was kept is on the server. */
  settled(): Promise<number>;
}

const AGAIN_MS = 3_000;

/** What this computer kept and the server never got, if it was made on what the server has. */
export function unsentUnits(storage: Storage, codingId: string, revision: number): CodedUnit[] | null {
  const kept = storage.getItem(keyOf(codingId));
  if (!kept) return null;
  const { revision: madeOn, units } = JSON.parse(kept) as Pick<KeptCoding, 'revision' | 'units'>;
  return madeOn === revision ? units : null;
}

export const forget = (storage: Storage, codingId: string): void => storage.removeItem(keyOf(codingId));

const keyOf = (codingId: string) => `coding:${codingId}`;

/**
 * Saves one state after the other, the newest only, each on the revision that the one before gave. Without a server it
 * tries again until there is one; refused it stops, for somebody else has the coding then.
 */
export function createCodingKeeper(
  api: CodingApi,
  storage: Storage,
  start: KeptCoding,
  onState: (state: 'saving' | 'saved' | 'waiting' | { refused: string }) => void,
): CodingKeeper {
  let { revision } = start;
  let wanted: CodedUnit[] | null = null;
  let running: Promise<void> | null = null;
  let refused: string | null = null;

  async function run(): Promise<void> {
    while (wanted && refused === null) {
      const units = wanted;
      wanted = null;
      onState('saving');
      try {
        revision = (await api.save(start.codingId, { claimToken: start.claimToken, revision, units }))
          .revision;
        if (!wanted) forget(storage, start.codingId);
        onState('saved');
      } catch (error) {
        if (error instanceof Refused) {
          refused = error.message;
          onState({ refused });
          return;
        }
        wanted ??= units;
        onState('waiting');
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  return {
    keep(units) {
      storage.setItem(keyOf(start.codingId), JSON.stringify({ revision, units }));
      wanted = units;
      running ??= run().finally(() => {
        running = null;
      });
    },
    async settled() {
      while (running) await running;
      if (refused !== null) throw new Refused(refused);
      return revision;
    },
  };
}
