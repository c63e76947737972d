import type { CrmFieldValue } from '../connector.ts';
import type { SalesforceField } from './describe.ts';
import { htmlOf, textOf } from './rich-text.ts';

export type ToSalesforce =
  | { ok: true; raw: string | number | boolean | null }
  | { ok: false; message: string };

/** A value as Salesforce takes it in a field; people are told apart before, by their ids. Pure. */
export function toSalesforce(field: SalesforceField, value: CrmFieldValue): ToSalesforce {
  if (field.type === 'boolean') {
    if (value === null) return { ok: true, raw: false };
    if (value !== 'true' && value !== 'false') return wrong(field, 'takes true or false');
    return { ok: true, raw: value === 'true' };
  }
  if (value === null)
    return field.nillable
      ? { ok: true, raw: null }
      : {
          ok: false,
          message: `${field.label} can't be empty in Salesforce; enter there what it should say instead.`,
        };
  switch (field.type) {
    case 'int':
    case 'double':
    case 'percent':
    case 'currency':
      if (typeof value !== 'number') return wrong(field, 'takes a number');
      return { ok: true, raw: value };
    case 'multipicklist':
      return toMultiPicklist(field, typeof value === 'object' ? value : [String(value)]);
    case 'picklist': {
      const text = textValue(value);
      if (!field.picklistValues.some((option) => option.active && option.value === text))
        return wrong(field, 'has no such value');
      return { ok: true, raw: text };
    }
    default: {
      const text = isRichText(field) ? htmlOf(textValue(value)) : textValue(value);
      if (field.length > 0 && text.length > field.length)
        return {
          ok: false,
          message: `${field.label} takes ${field.length} characters in Salesforce; let the mapping write less.`,
        };
      return { ok: true, raw: text };
    }
  }
}

/** A value as it stands in Salesforce; null for what is empty. Pure. */
export function fromSalesforce(field: SalesforceField, raw: unknown): CrmFieldValue {
  if (raw === null || raw === undefined || raw === '') return null;
  if (field.type === 'boolean') return String(raw);
  if (typeof raw === 'number') return raw;
  const text = String(raw);
  if (field.type === 'multipicklist') return text.split(';');
  if (isRichText(field)) return textOf(text);
  return text.replaceAll('\r\n', '\n');
}

/** Long text with formatting is kept as HTML. */
export function isRichText({ extraTypeInfo }: Pick<SalesforceField, 'extraTypeInfo'>): boolean {
  return extraTypeInfo === 'richtextarea';
}

function toMultiPicklist(field: SalesforceField, items: readonly string[]): ToSalesforce {
  const known = field.picklistValues.filter(({ active }) => active).map(({ value }) => value);
  const taken = items.map((item) => known.find((value) => value.toLowerCase() === item.toLowerCase()));
  return taken.includes(undefined)
    ? wrong(field, 'lacks one of the values')
    : { ok: true, raw: taken.join(';') };
}

function textValue(value: string | number | readonly string[]): string {
  return typeof value === 'object' ? value.join('\n') : String(value);
}

function wrong({ label }: SalesforceField, what: string): ToSalesforce {
  return { ok: false, message: `${label} ${what} in Salesforce; add it there, or change the mapping.` };
}
