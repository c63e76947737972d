import type { CrmObjectDefinition } from '../connectors/connector.ts';
import type { MappingFields } from './mapping.ts';

/** What decides which mappings a report falls under. */
export interface ReportScope {
  lineId: string;
  region: string | null;
  /** The speaker's manager; a team is the people with the same one. */
  teamId: string | null;
}

type Scoped = Pick<MappingFields, 'lineIds' | 'regions' | 'teamIds'>;

/**
 * The mappings that apply to a report. For a field that holds one value, that is the most specific one: a mapping
 * for the speaker's team goes before one for the line, that before one for the region, and that before one for all;
 * between equals the older one. Where a field gathers what several sources say (a list, or text that is appended
 * to), the same is decided for each source by itself. So a `never` for one team keeps what holds for all away from
 * that team. Pure; keeps the order.
 */
export function chooseMappings<M extends MappingFields>(
  mappings: readonly M[],
  report: ReportScope,
  objects: readonly CrmObjectDefinition[],
): M[] {
  const slotOf = slots(mappings, objects);
  const chosen = new Map<string, M>();
  for (const mapping of mappings) {
    if (!appliesTo(mapping, report)) continue;
    const slot = slotOf(mapping);
    const before = chosen.get(slot);
    if (before === undefined || rank(mapping) > rank(before)) chosen.set(slot, mapping);
  }
  const kept = new Set(chosen.values());
  return mappings.filter((mapping) => kept.has(mapping));
}

/** Whether a report is one of those that a mapping is for. */
export function appliesTo({ lineIds, regions, teamIds }: Scoped, report: ReportScope): boolean {
  return names(lineIds, report.lineId) && names(regions, report.region) && names(teamIds, report.teamId);
}

function names(wanted: readonly string[], value: string | null): boolean {
  return wanted.length === 0 || (value !== null && wanted.includes(value));
}

/** How specific a mapping is. */
function rank({ lineIds, regions, teamIds }: Scoped): number {
  return (teamIds.length > 0 ? 4 : 0) + (lineIds.length > 0 ? 2 : 0) + (regions.length > 0 ? 1 : 0);
}

/** Two mappings in the same slot are alternatives of each other. */
function slots(
  mappings: readonly MappingFields[],
  objects: readonly CrmObjectDefinition[],
): (mapping: MappingFields) => string {
  const gathering = new Set(
    mappings.filter(({ policy }) => policy === 'append_dated').map((mapping) => targetOf(mapping)),
  );
  for (const { objectType, fields } of objects)
    for (const { key, dataType } of fields)
      if (dataType === 'list') gathering.add(targetOf({ objectType, targetField: key }));
  return (mapping) => {
    const target = targetOf(mapping);
    return gathering.has(target) ? JSON.stringify([target, mapping.source]) : target;
  };
}

export function targetOf({
  objectType,
  targetField,
}: Pick<MappingFields, 'objectType' | 'targetField'>): string {
  return `${objectType}.${targetField}`;
}

/**
 * Pairs of mappings that are equally specific, fill the same field and may meet in one report, so that nothing but
 * their age would decide. Pure.
 */
export function findRivals<M extends MappingFields>(
  mappings: readonly M[],
  objects: readonly CrmObjectDefinition[],
): [M, M][] {
  const slotOf = slots(mappings, objects);
  return mappings.flatMap((one, index) =>
    mappings
      .slice(index + 1)
      .filter((other) => slotOf(one) === slotOf(other) && rank(one) === rank(other) && mayMeet(one, other))
      .map((other): [M, M] => [one, other]),
  );
}

function mayMeet(one: Scoped, other: Scoped): boolean {
  const overlap = (a: readonly string[], b: readonly string[]) =>
    a.length === 0 || b.length === 0 || a.some((each) => b.includes(each));
  return (
    overlap(one.lineIds, other.lineIds) &&
    overlap(one.regions, other.regions) &&
    overlap(one.teamIds, other.teamIds)
  );
}
