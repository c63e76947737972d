import type { CrmFieldDefinition, CrmFieldValue } from '../connectors/connector.ts';
import { isDate } from '../connectors/is-date.ts';

/**
 * Why a field can't hold a value, as a sentence that says what to do; null when it can. Empty always fits.
 */
export function whyNotAllowed(field: CrmFieldDefinition, value: CrmFieldValue): string | null {
  if (value === null) return null;
  switch (field.dataType) {
    case 'text':
    case 'person':
    case 'product':
      return typeof value === 'string'
        ? null
        : `${field.label} takes text; change the mapping or the field's type.`;
    case 'number':
    case 'money':
      return typeof value === 'number' && Number.isFinite(value)
        ? null
        : `${field.label} takes a number; change the mapping or the field's type.`;
    case 'date':
      return typeof value === 'string' && isDate(value)
        ? null
        : `${field.label} takes a date like 2026-03-31; change the mapping or the field's type.`;
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
        ? null
        : `${field.label} does not know the choice “${String(value)}”; add it to the field's choices or change the mapping.`;
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? null
        : `${field.label} takes a list; change the mapping or the field's type.`;
  }
}
