import type { CrmFieldDefinition, CrmFieldValue } from '../connectors/connector.ts';
import { isDate } from '../connectors/is-date.ts';

export type Converted = { ok: true; value: CrmFieldValue } | { ok: false; message: string };

/**
 * Text that a template made, as the type of the CRM's field. Blank text is null for every type; a list takes one
 * item a line.
 */
export function convertValue(text: string, field: CrmFieldDefinition): Converted {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: null };
  switch (field.dataType) {
    case 'person':
    case 'product':
      // Where the CRM says which there are, only those.
      return field.options.length > 0 ? toChoice(trimmed, field) : { ok: true, value: trimmed };
    case 'text':
      return { ok: true, value: trimmed };
    case 'number':
    case 'money':
      return toNumber(trimmed, field.label);
    case 'date':
      return toDate(trimmed, field.label);
    case 'choice':
      return toChoice(trimmed, field);
    case 'list':
      return { ok: true, value: uniqueItems(trimmed.split('\n')) };
  }
}

/** Each item once, in the order of first mention; differences in letter case alone don't make another item. */
export function uniqueItems(items: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const item of items.map((each) => each.trim())) {
    if (item !== '' && !seen.has(item.toLowerCase())) seen.set(item.toLowerCase(), item);
  }
  return [...seen.values()];
}

function toNumber(text: string, label: string): Converted {
  const bare = text.replace(/[$€£\s]|,(?=\d{3}\b)/g, '');
  const value = /^[+-]?\d+(\.\d+)?$/.test(bare) ? Number(bare) : Number.NaN;
  return Number.isFinite(value)
    ? { ok: true, value }
    : { ok: false, message: `${label} takes a number, and the mapping gives text; correct the template.` };
}

function toDate(text: string, label: string): Converted {
  const day = /^(\d{4}-\d{2}-\d{2})(T|$)/.exec(text)?.[1];
  if (day !== undefined && isDate(day)) return { ok: true, value: day };
  return {
    ok: false,
    message: `${label} takes a date like 2026-03-31, and the mapping gives something else; correct the template.`,
  };
}

function toChoice(text: string, field: CrmFieldDefinition): Converted {
  const choice = field.options.find((option) => option.toLowerCase() === text.toLowerCase());
  if (choice !== undefined) return { ok: true, value: choice };
  return {
    ok: false,
    message: `${field.label} has no choice “${shorten(text)}”; say in the mapping's table of values what becomes of it.`,
  };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
