import type { CrmDataType, CrmObjectDefinition } from '../connectors/connector.ts';
import { checkTemplate } from './check-template.ts';
import { findRivals } from './choose-mappings.ts';
import { findField } from './make-value.ts';
import { type KeyedMapping, type MappingFields, POLICIES, type Policy } from './mapping.ts';

/** Something about a mapping that an administrator should know. */
export interface MappingFault {
  key: string;
  /** What of it is at fault, for the place on the screen. */
  part: 'targetField' | 'template' | 'policy' | 'source' | 'valueMap' | 'scope';
  /** A sentence that says what to do. */
  message: string;
  /** Nothing would be written, or nobody could say what; it can't be put in force like this. */
  blocks: boolean;
}

/** The policies that make sense for a type of field: only text can be appended to. */
export function policiesFor(dataType: CrmDataType): Policy[] {
  return POLICIES.filter((policy) => policy !== 'append_dated' || dataType === 'text');
}

/** Faults of a whole mapping. Without the CRM's description (`objects` null) its fields are not checked. Pure. */
export function checkMappings(
  mappings: readonly KeyedMapping[],
  objects: readonly CrmObjectDefinition[] | null,
): MappingFault[] {
  const faults = mappings.flatMap((mapping) =>
    checkMapping(mapping, objects).map((fault) => ({ key: mapping.key, ...fault })),
  );
  const rivals = findRivals(mappings, objects ?? []).map(
    ([, other]): MappingFault => ({
      key: other.key,
      part: 'scope',
      message: `Two mappings write ${nameOf(other, objects)} for the same reports. Remove one, or narrow one to a line, region or team.`,
      blocks: true,
    }),
  );
  return [...faults, ...rivals];
}

/** Faults of one mapping by itself. Pure. */
export function checkMapping(
  mapping: MappingFields,
  objects: readonly CrmObjectDefinition[] | null,
): Omit<MappingFault, 'key'>[] {
  const faults: Omit<MappingFault, 'key'>[] = [];
  const add = (part: MappingFault['part'], message: string, blocks: boolean) =>
    faults.push({ part, message, blocks });
  const isSteps = mapping.source === 'next_step';
  if (isSteps !== (mapping.objectType === 'task'))
    add(
      'source',
      'Next steps, and nothing else, go to tasks. Choose another source or another object.',
      true,
    );
  if (mapping.source === 'contact' && mapping.objectType !== 'contact')
    add('source', 'The people of a report go to contacts. Choose another source or another object.', true);
  for (const fault of checkTemplate(mapping.template, mapping)) add('template', fault.message, fault.blocks);
  if (objects === null) return faults;
  const field = findField(objects, mapping);
  if (field === null) {
    add('targetField', 'The CRM has no such field that can be written. Choose another.', true);
    return faults;
  }
  if (!policiesFor(field.dataType).includes(mapping.policy))
    add(
      'policy',
      `${field.label} is no text, so nothing can be appended to it. Choose another policy.`,
      true,
    );
  if (field.options.length > 0) {
    const gone = mapping.valueMap.filter(
      ({ to }) => to !== '' && !field.options.some((option) => option.toLowerCase() === to.toLowerCase()),
    );
    if (gone.length > 0)
      add(
        'valueMap',
        `The CRM has no choice ${gone.map(({ to }) => `“${to}”`).join(', ')} any more. Choose another in the table of values.`,
        false,
      );
  }
  return faults;
}

function nameOf(
  mapping: Pick<MappingFields, 'objectType' | 'targetField'>,
  objects: readonly CrmObjectDefinition[] | null,
): string {
  const field = objects === null ? null : findField(objects, mapping);
  return `“${field?.label ?? mapping.targetField}” of ${mapping.objectType}`;
}
