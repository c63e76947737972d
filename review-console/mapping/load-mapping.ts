import { CRM_OBJECT_TYPES, type CrmObjectDefinition } from '../../crm-sync/connectors/connector.ts';
import type { KeyedMapping, MappingFields } from '../../crm-sync/mapping/mapping.ts';
import type { MappingView } from '../../crm-sync/mapping/mapping-service.ts';
import { listSources, type MappingSourceOption } from '../../crm-sync/mapping/sources.ts';
import { diffMappings, type MappingChange } from '../../crm-sync/mapping/versions/diff-mappings.ts';
import type { Database } from '../../platform/database/database.ts';
import { certaintyWords, OBJECT_WORDS, PART_WORDS, POLICY_WORDS, TYPE_WORDS } from './words.ts';

/** Names of everything that a mapping points at. */
export interface Names {
  sources: MappingSourceOption[];
  lines: { id: string; name: string }[];
  regions: string[];
  /** Managers, each with how many people are in their team. */
  teams: { id: string; name: string; size: number }[];
}

export async function loadNames(database: Pick<Database, 'prisma' | 'pool'>): Promise<Names> {
  const { prisma } = database;
  const [sources, lines, managers, people, reported] = await Promise.all([
    listSources(database),
    prisma.line.findMany({
      where: { purpose: 'report' },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
    }),
    prisma.user.findMany({
      where: { team: { some: {} } },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, _count: { select: { team: true } } },
    }),
    prisma.user.findMany({
      where: { region: { not: null } },
      distinct: ['region'],
      select: { region: true },
    }),
    prisma.report.findMany({
      where: { region: { not: null } },
      distinct: ['region'],
      select: { region: true },
    }),
  ]);
  const regions = [...people, ...reported].flatMap(({ region }) => region || []);
  return {
    sources,
    lines,
    regions: [...new Set(regions)].sort(),
    teams: managers.map(({ id, name, _count }) => ({ id, name, size: _count.team })),
  };
}

type Objects = readonly CrmObjectDefinition[] | null;

/** What a mapping's parts are called on the screen. */
export function nameMapping(mapping: MappingFields, objects: Objects, names: Names) {
  const object = objects?.find(({ objectType }) => objectType === mapping.objectType);
  const field = object?.fields.find(({ key }) => key === mapping.targetField);
  const source = names.sources.find((each) => each.source === mapping.source);
  const isCode = mapping.source.startsWith('code:');
  const label = source?.label ?? mapping.source.replace(/^code:/, '');
  return {
    objectLabel: object?.label ?? OBJECT_WORDS[mapping.objectType],
    fieldLabel: field?.label ?? mapping.targetField,
    typeLabel: field ? TYPE_WORDS[field.dataType] : '',
    sourceLabel: isCode ? `Sentences: ${label}` : label,
    policyLabel: POLICY_WORDS[mapping.policy].label,
    certainty: certaintyWords(mapping),
    scope: scopeWords(mapping, names),
  };
}

/** "Line Orders; team of Ada" or "all reports". */
export function scopeWords(
  { lineIds, regions, teamIds }: Pick<MappingFields, 'lineIds' | 'regions' | 'teamIds'>,
  names: Names,
): string {
  const nameOf = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((each) => each.id === id)?.name ?? 'one that is gone';
  const parts = [
    lineIds.length > 0 && `line ${lineIds.map((id) => nameOf(names.lines, id)).join(', ')}`,
    regions.length > 0 && `region ${regions.join(', ')}`,
    teamIds.length > 0 && `team of ${teamIds.map((id) => nameOf(names.teams, id)).join(', ')}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'all reports' : parts.join('; ');
}

/** A change in a sentence. */
export function changeWords(change: MappingChange, objects: Objects, names: Names) {
  const mapping = change.after ?? change.before;
  if (mapping === null) return { label: '', says: '', details: [] };
  const { fieldLabel, objectLabel, policyLabel, sourceLabel } = nameMapping(mapping, objects, names);
  const label = `${fieldLabel} of ${objectLabel}`;
  if (change.before === null)
    return { label, says: `is new: from ${sourceLabel}, ${policyLabel.toLowerCase()}.`, details: [] };
  if (change.after === null) return { label, says: 'is not mapped any more.', details: [] };
  const { before, after } = change;
  const parts = [...new Set(change.parts.map((part) => PART_WORDS[part]))];
  const details = change.parts.map((part) => ({
    part: PART_WORDS[part],
    before: partText(before, part, objects, names),
    after: partText(after, part, objects, names),
  }));
  return { label, says: `changes ${parts.join(', ')}.`, details };
}

function partText(mapping: KeyedMapping, part: keyof MappingFields, objects: Objects, names: Names): string {
  const named = nameMapping(mapping, objects, names);
  switch (part) {
    case 'source':
      return named.sourceLabel;
    case 'objectType':
      return named.objectLabel;
    case 'targetField':
      return named.fieldLabel;
    case 'template':
      return mapping.template;
    case 'policy':
      return named.policyLabel;
    case 'confirmedOnly':
    case 'minConfidence':
      return named.certainty;
    case 'valueMap':
      return mapping.valueMap.map(({ from, to }) => `${from} → ${to || 'nothing'}`).join(', ') || 'none';
    default:
      return named.scope;
  }
}

/** The mapping as the overview shows it: by object, each with what the draft does to it. */
export function showMapping(view: MappingView, names: Names) {
  const { objects, inForce, draft, faults } = view;
  const shown = draft?.mappings ?? inForce;
  const changes = draft === null ? [] : diffMappings(inForce, draft.mappings);
  const changed = new Map(changes.map((change) => [change.key, change]));
  const rows = shown.map((mapping) => {
    const change = changed.get(mapping.key);
    return {
      ...mapping,
      ...nameMapping(mapping, objects, names),
      badge: change === undefined ? null : change.before === null ? 'new' : 'changed',
      faults: faults.filter(({ key }) => key === mapping.key),
    };
  });
  const position = (row: (typeof rows)[number]) =>
    objects
      ?.find(({ objectType }) => objectType === row.objectType)
      ?.fields.findIndex(({ key }) => key === row.targetField) ?? 0;
  return {
    groups: CRM_OBJECT_TYPES.map((objectType) => ({
      objectType,
      label: objects?.find((each) => each.objectType === objectType)?.label ?? OBJECT_WORDS[objectType],
      rows: rows
        .filter((row) => row.objectType === objectType)
        .sort((one, other) => position(one) - position(other)),
    })).filter((group) => group.rows.length > 0),
    changes: changes.map((change) => ({
      ...changeWords(change, objects, names),
      key: change.key,
      isGone: change.after === null,
      byName: draft?.touched[change.key]?.byName ?? null,
    })),
    size: shown.length,
    usual: view.usual.map((mapping) => nameMapping(mapping, objects, names)),
    blocked: faults.filter(({ blocks }) => blocks).length,
  };
}
