import type { FieldValue } from './review.ts';

export const FIELD_LABELS: Readonly<Record<string, string>> = {
  product: 'Product',
  competitor: 'Competitor',
  new_competitor: 'New competitor',
  amount: 'Amount',
  percent: 'Percentage',
  stage: 'Stage',
  sentiment: 'Sentiment',
};

/** What a field is called; a company's own by its key, "renewal_date" as "Renewal date". */
export function fieldLabel(field: string): string {
  return FIELD_LABELS[field] ?? field.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}

export const AMOUNT_KINDS = [
  ['price', 'price'],
  ['deal', 'deal'],
  ['budget', 'budget'],
  ['discount', 'discount'],
  ['volume-spend', 'volume or spend'],
  ['other', 'other'],
] as const;

export const STAGES = [
  ['prospecting', 'Prospecting'],
  ['qualification', 'Qualification'],
  ['proposal', 'Proposal'],
  ['negotiation', 'Negotiation'],
  ['won', 'Won'],
  ['lost', 'Lost'],
  ['service', 'Service'],
] as const;

export const SENTIMENTS = [
  ['1', 'Good'],
  ['0', 'Neutral'],
  ['-1', 'Bad'],
] as const;

export const MEETING_TYPES = [
  ['visit', 'Visit'],
  ['phone', 'Phone'],
  ['video', 'Video'],
  ['event', 'Event'],
  ['email', 'E-mail'],
] as const;

export const OWNERS = [
  ['rep', 'Rep'],
  ['customer', 'Customer'],
  ['colleague', 'Colleague'],
] as const;

export function labelOf(pairs: readonly (readonly [string, string])[], key: string): string {
  return pairs.find(([value]) => value === key)?.[1] ?? key;
}

const dollars = (amount: number) =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
    maximumFractionDigits: Number.isInteger(amount) ? 0 : 2,
  }).format(amount);

/** What a person reads of a value: "$2,800 (price)", "12% (discount)", "Negotiation". */
export function showValue(field: string, value: FieldValue): string {
  switch (value.kind) {
    case 'amount':
      return `${dollars(value.amount)} (${labelOf(AMOUNT_KINDS, value.of)})`;
    case 'percent':
      return `${value.percent}% (${labelOf(AMOUNT_KINDS, value.of)})`;
    case 'number':
      return field === 'sentiment' ? labelOf(SENTIMENTS, String(value.number)) : String(value.number);
    case 'reference':
      return value.id;
    case 'text':
      return field === 'stage' ? labelOf(STAGES, value.text) : value.text;
  }
}

/** "Thu, Nov 26" of an ISO date, which has no time zone. */
export function showDay(iso: string): string {
  const date = new Date(`${iso}T12:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleDateString('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  });
}
