import { z } from 'zod';
import {
  CRM_OBJECT_TYPES,
  type CrmFieldDefinition,
  type CrmObjectType,
} from '../../crm-sync/connectors/connector.ts';
import { type MappingFields, POLICIES, type ValueRule } from '../../crm-sync/mapping/mapping.ts';

const many = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat());
const count = z.coerce.number().int().min(0);

/** What the form of one mapping sends. */
export const mappingForm = z.object({
  version: count,
  revision: count,
  key: z.union([z.literal(''), z.uuid()]).default(''),
  objectType: z.enum(CRM_OBJECT_TYPES),
  targetField: z.string().max(200).default(''),
  source: z.string().max(200).default('report'),
  template: z.string().max(4000).default(''),
  policy: z.enum(POLICIES).default('overwrite_ours'),
  certainty: z.enum(['confirmed', 'suggested']).default('confirmed'),
  percent: z.coerce.number().int().min(0).max(100).catch(80),
  valueFrom: many,
  valueTo: many,
  lineIds: many,
  regions: many,
  teamIds: many,
  reportId: z.union([z.literal(''), z.uuid()]).default(''),
});

export type MappingForm = z.infer<typeof mappingForm>;

/** In the table of values, for a field whose choices are known. */
export const AS_IT_IS = 'as:';
export const NOTHING = 'no:';
const OPTION = 'to:';

/** The mapping that a form says. Pure. */
export function toMappingFields(form: MappingForm): MappingFields {
  const valueMap = form.valueFrom.flatMap((from, index): ValueRule[] => {
    const to = form.valueTo[index] ?? '';
    if (from.trim() === '' || to === AS_IT_IS) return [];
    if (to === NOTHING) return [{ from: from.trim(), to: '' }];
    return [{ from: from.trim(), to: to.startsWith(OPTION) ? to.slice(OPTION.length) : to.trim() }];
  });
  return {
    source: form.source,
    objectType: form.objectType,
    targetField: form.targetField,
    // Browsers send line ends as in letters of old.
    template: form.template.replaceAll('\r\n', '\n'),
    policy: form.policy,
    confirmedOnly: form.certainty === 'confirmed',
    minConfidence: form.percent / 100,
    valueMap: [...new Map(valueMap.map((rule) => [rule.from.toLowerCase(), rule])).values()],
    lineIds: form.lineIds,
    regions: form.regions,
    teamIds: form.teamIds,
  };
}

/** What a new mapping begins with: the template that most often is right for its source. Pure. */
export function startTemplate(source: string): string {
  if (source === 'report') return '{{report.summary}}';
  if (source === 'next_step') return '{{step.text}}';
  if (source === 'contact') return '{{person.name}}';
  if (source.startsWith('code:')) return '{{numbered}}';
  return /^(stage|meeting_type|meeting_date)$/.test(source) ? '{{value}}' : '{{display}}';
}

export interface ValueRow {
  from: string;
  /** In how many of the last reports the template made it; null: it is only in the table. */
  seen: number | null;
  to: { value: string; label: string; selected: boolean }[] | null;
  text: string;
  /** The CRM has no such choice, and the table says nothing of it. */
  isOpen: boolean;
}

const BLANK_ROWS = 2;

/** The table of values: what was made of the last reports, what is in the table, and room for more. Pure. */
export function valueRows(
  mapping: Pick<MappingFields, 'valueMap'>,
  field: CrmFieldDefinition | null,
  made: ReadonlyMap<string, number>,
): ValueRow[] {
  const options = field?.options ?? [];
  const froms = new Map<string, string>();
  for (const from of [...made.keys(), ...mapping.valueMap.map((rule) => rule.from)])
    if (!froms.has(from.toLowerCase())) froms.set(from.toLowerCase(), from);
  const blanks = Array.from({ length: BLANK_ROWS }, () => '');
  return [...froms.values(), ...blanks].map((from): ValueRow => {
    const rule = mapping.valueMap.find((each) => each.from.toLowerCase() === from.toLowerCase());
    const isOption = options.some((option) => option.toLowerCase() === from.toLowerCase());
    const chosen = rule === undefined ? AS_IT_IS : rule.to === '' ? NOTHING : `${OPTION}${rule.to}`;
    const known = [
      { value: AS_IT_IS, label: from === '' || isOption ? 'as it is' : 'not decided yet' },
      { value: NOTHING, label: 'nothing is written' },
      ...options.map((option) => ({ value: `${OPTION}${option}`, label: option })),
    ];
    if (!known.some(({ value }) => value === chosen))
      known.push({ value: chosen, label: `${rule?.to} (gone)` });
    return {
      from,
      seen: made.get(from) ?? null,
      to: options.length > 0 ? known.map((each) => ({ ...each, selected: each.value === chosen })) : null,
      text: rule?.to ?? '',
      isOpen: from !== '' && options.length > 0 && rule === undefined && !isOption,
    };
  });
}

export function isObjectType(type: unknown): type is CrmObjectType {
  return CRM_OBJECT_TYPES.some((known) => known === type);
}
