import { isDeepStrictEqual } from 'node:util';
import type { KeyedMapping, MappingFields } from '../mapping.ts';

const PARTS = [
  'source',
  'objectType',
  'targetField',
  'template',
  'policy',
  'confirmedOnly',
  'minConfidence',
  'valueMap',
  'lineIds',
  'regions',
  'teamIds',
] as const satisfies (keyof MappingFields)[];

export type MappingPart = (typeof PARTS)[number];

/** One mapping that is not the same in two states. `before` null: it is new; `after` null: it is gone. */
export interface MappingChange {
  key: string;
  before: KeyedMapping | null;
  after: KeyedMapping | null;
  /** What differs; empty when it is new or gone. */
  parts: MappingPart[];
}

/** What differs between two states of a connector's mapping, in the order of the later one, what is gone last. Pure. */
export function diffMappings(
  before: readonly KeyedMapping[],
  after: readonly KeyedMapping[],
): MappingChange[] {
  const earlier = new Map(before.map((mapping) => [mapping.key, mapping]));
  const later = new Set(after.map(({ key }) => key));
  const changed = after.flatMap((mapping): MappingChange[] => {
    const former = earlier.get(mapping.key);
    if (former === undefined) return [{ key: mapping.key, before: null, after: mapping, parts: [] }];
    const parts = partsThatDiffer(former, mapping);
    return parts.length === 0 ? [] : [{ key: mapping.key, before: former, after: mapping, parts }];
  });
  const gone = before
    .filter(({ key }) => !later.has(key))
    .map((mapping): MappingChange => ({ key: mapping.key, before: mapping, after: null, parts: [] }));
  return [...changed, ...gone];
}

export function partsThatDiffer(one: MappingFields, other: MappingFields): MappingPart[] {
  return PARTS.filter((part) => !isDeepStrictEqual(sorted(one, part), sorted(other, part)));
}

/** Scopes are sets: their order says nothing. */
function sorted(mapping: MappingFields, part: MappingPart): unknown {
  const value = mapping[part];
  return part === 'lineIds' || part === 'regions' || part === 'teamIds' ? [...mapping[part]].sort() : value;
}
