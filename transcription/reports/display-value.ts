import type { StoredValue } from './finalize-schema.ts';

const KINDS: Record<string, string> = { 'volume-spend': 'volume or spend' };
const SENTIMENTS = new Map([
  [1, 'Good'],
  [0, 'Neutral'],
  [-1, 'Bad'],
]);
const CAPITALIZED = new Set(['stage', 'meeting_type']);

/** What a person reads of a value: "$2,800 (price)", "12% (discount)", "Tue, Feb 10, 2026", "Negotiation". */
export function displayValue(field: string, value: StoredValue): string {
  if (typeof value === 'object') {
    const of = KINDS[value.of] ?? value.of;
    return 'currency' in value ? `${dollars(value.value)} (${of})` : `${value.value}% (${of})`;
  }
  if (typeof value === 'number') return (field === 'sentiment' && SENTIMENTS.get(value)) || String(value);
  if (field === 'meeting_date') return displayDay(value);
  return CAPITALIZED.has(field) ? value.slice(0, 1).toUpperCase() + value.slice(1) : value;
}

function dollars(amount: number): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** A day has no time zone. */
function displayDay(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return date.toLocaleDateString('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
