import type { FieldType } from './field-definition.ts';

/** What a person reads of a value of a company's own field: "$4,800", "Thu, Mar 4, 2027", "forty". Pure. */
export function displayOf(type: FieldType, value: string | number): string {
  if (typeof value === 'number') {
    if (type !== 'money') return new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }).format(value);
    const digits = Number.isInteger(value) ? 0 : 2;
    return new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency: 'USD',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  }
  if (type !== 'date') return value;
  // A day has no time zone.
  const date = new Date(`${value}T12:00:00Z`);
  return Number.isNaN(date.getTime())
    ? value
    : date.toLocaleDateString('en-US', {
        weekday: 'short',
        month: 'short',
        day: 'numeric',
        year: 'numeric',
        timeZone: 'UTC',
      });
}
