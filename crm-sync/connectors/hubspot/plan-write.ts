import type { CrmSnapshot, CrmWrite, CrmWriteResult } from '../connector.ts';
import { sameValue } from '../same-value.ts';
import { refuse } from './explain-refusal.ts';
import type { FoundRecord } from './snapshots.ts';

/** Consecutive writes of one type, none of them to the same key twice: HubSpot refuses that in a batch. Pure. */
export function runsOf(writes: readonly CrmWrite[]): CrmWrite[][] {
  const runs: CrmWrite[][] = [];
  for (const write of writes) {
    const run = runs.at(-1);
    const fits =
      run?.[0]?.objectType === write.objectType &&
      run.every(({ externalKey }) => externalKey !== write.externalKey);
    if (run !== undefined && fits) run.push(write);
    else runs.push([write]);
  }
  return runs;
}

export type Way = 'create' | 'upsert' | 'update';

/** How a write is to be done. */
export interface Plan {
  way: Way;
  /** Of an update. */
  there: { remoteId: string; snapshot: CrmSnapshot } | null;
  /** What is written, as HubSpot takes it; of an update only what differs. */
  properties: Record<string, string>;
}

/**
 * - There, and at the expected revision: what differs is updated, by id.
 * - Expected to be new, or linked to something: made together with its associations. Its key is unique at HubSpot, which
 *   refuses a second one.
 * - Not there, and not linked: upserted by its key.
 *
 * @returns a result where there is nothing to send. Pure.
 */
export function planWrite(
  write: CrmWrite,
  found: FoundRecord | undefined,
  properties: Readonly<Record<string, string>>,
  noun: string,
): { plan: Plan } | { result: CrmWriteResult } {
  const { expectedRevision, create, links, fields } = write;
  if (found === undefined) {
    if (typeof expectedRevision === 'string') return { result: { status: 'conflict', current: null } };
    if (create === null)
      return { result: refuse(`HubSpot has no such ${noun} any more; import it anew or correct the key.`) };
    const way = expectedRevision === undefined && links.length === 0 ? 'upsert' : 'create';
    return { plan: { way, there: null, properties: { ...properties } } };
  }
  const { snapshot } = found;
  if (expectedRevision !== undefined && expectedRevision !== snapshot.revision)
    return { result: { status: 'conflict', current: snapshot } };
  const changed = fields.filter(({ field, value }) => !sameValue(snapshot.fields[field], value));
  const formatted = changed.find(({ field }) => found.formatted.has(field))?.field;
  if (formatted !== undefined)
    return {
      result: refuse(
        `Somebody formatted this ${noun} in HubSpot, which writing would undo; take the new text over there, or remove the formatting and try again.`,
        formatted,
      ),
    };
  return {
    plan: {
      way: 'update',
      there: found,
      properties: Object.fromEntries(changed.map(({ field }) => [field, properties[field] ?? ''])),
    },
  };
}

/** Groups in which no record stands twice: two of our keys lead to one record after a merge at HubSpot. Pure. */
export function wavesOf<T extends { plan: Plan }>(items: readonly T[]): T[][] {
  const waves: T[][] = [];
  for (const item of items) {
    const id = item.plan.there?.remoteId;
    const wave = waves.find(
      (each) => id === undefined || each.every((other) => other.plan.there?.remoteId !== id),
    );
    if (wave === undefined) waves.push([item]);
    else wave.push(item);
  }
  return waves;
}
