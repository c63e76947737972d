import type { CrmFieldDefinition, CrmFieldValue, CrmObjectDefinition } from '../connectors/connector.ts';
import { type Converted, convertValue, uniqueItems } from './convert-value.ts';
import type { MappingFields, ValueRule } from './mapping.ts';
import type { Templates } from './templates.ts';

/** How a value came about, step by step, for the preview. */
export interface Making {
  /** What the template made: one text, or one for each item of a list. */
  texts: string[];
  /** The same after the table of values; as `texts` where there is none. */
  replaced: string[];
  made: Converted;
}

/**
 * What a mapping makes of a report: template, table of values, conversion to the field's type. `contexts` are what
 * the template may use; only a list takes more than the first. Pure.
 */
export function makeValue(
  mapping: Pick<MappingFields, 'template' | 'policy' | 'valueMap'>,
  contexts: readonly object[],
  field: CrmFieldDefinition,
  templates: Templates,
): Making {
  const texts: string[] = [];
  const fault = (message: string): Making => ({ texts, replaced: [], made: { ok: false, message } });
  if (mapping.policy === 'append_dated' && field.dataType !== 'text')
    return fault(
      `${field.label} is no text field, so nothing can be appended to it; choose another policy in the mapping.`,
    );
  const isList = field.dataType === 'list';
  for (const context of isList ? contexts : contexts.slice(0, 1)) {
    const rendered = templates.render(mapping.template, context);
    if (!rendered.ok) return fault(rendered.message);
    texts.push(...(isList ? rendered.text.split('\n') : [rendered.text]));
  }
  const replaced = texts.map((text) => replaceValue(text, mapping.valueMap));
  const made: Converted = isList
    ? { ok: true, value: listOrEmpty(uniqueItems(replaced)) }
    : convertValue(replaced[0] ?? '', field);
  return { texts, replaced, made };
}

function listOrEmpty(items: string[]): CrmFieldValue {
  return items.length === 0 ? null : items;
}

function replaceValue(text: string, rules: readonly ValueRule[]): string {
  const said = text.trim().toLowerCase();
  return rules.find(({ from }) => from.trim().toLowerCase() === said)?.to ?? text;
}

type Target = Pick<MappingFields, 'objectType' | 'targetField'>;

/** The field that a mapping fills; null when the CRM has none that can be written. */
export function findField(
  objects: readonly CrmObjectDefinition[],
  target: Target,
): CrmFieldDefinition | null {
  const object = objects.find(({ objectType }) => objectType === target.objectType);
  return object?.fields.find(({ key, writable }) => writable && key === target.targetField) ?? null;
}

export function noSuchField({ targetField, objectType }: Target): string {
  return `The CRM has no field “${targetField}” on ${objectType}; choose another in the mapping.`;
}
