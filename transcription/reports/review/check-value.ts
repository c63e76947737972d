import { displayValue } from '../display-value.ts';
import type { FieldKind } from './field-kinds.ts';
import type { GivenValue } from './review-input.ts';

export type KeptValue = GivenValue | { value: number; of: string; currency?: 'USD' };

export type CheckedValue = { ok: true; value: KeptValue; display: string } | { ok: false; fault: string };

type Rows = ReadonlyMap<string, { id: string; name: string }>;

/** The company's names by its own ids, each with ours. */
export interface KnownNames {
  accounts: Rows;
  contacts: Rows;
  products: Rows;
  competitors: Rows;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A value that a person gave, as it is stored and as people read it, or a sentence on why it can't be. A name is the
 * company's own id or ours. Pure.
 */
export function checkValue(kind: FieldKind, given: GivenValue, known: KnownNames): CheckedValue {
  const wrong = (what: string): CheckedValue => ({ ok: false, fault: `${kind.label} takes ${what}.` });
  const kept = (value: KeptValue, display: string): CheckedValue => ({ ok: true, value, display });
  switch (kind.type) {
    case 'account':
      return findName(known.accounts, given, 'a customer', kept, wrong);
    case 'person':
      return findName(known.contacts, given, 'a person', kept, wrong);
    case 'product':
      return findName(known.products, given, 'a product', kept, wrong);
    case 'competitor':
      return findName(known.competitors, given, 'a competitor', kept, wrong);
    case 'text':
      return typeof given === 'string' ? kept(given, given) : wrong('words');
    case 'number':
      return typeof given === 'number' ? kept(given, given.toLocaleString('en-US')) : wrong('a number');
    case 'money':
      return typeof given === 'number' ? kept(given, dollars(given)) : wrong('an amount in dollars');
    case 'amount':
    case 'percent': {
      if (typeof given !== 'object' || Array.isArray(given)) return wrong('a number and what it is of');
      const { value, of } = given;
      const stored = kind.type === 'amount' ? { value, currency: 'USD' as const, of } : { value, of };
      return kept(stored, displayValue(kind.key, stored));
    }
    case 'date':
      return typeof given === 'string' && DAY.test(given) && !Number.isNaN(Date.parse(given))
        ? kept(given, displayValue('meeting_date', given))
        : wrong('a day');
    case 'choice': {
      const option = kind.options.find(({ value }) => value === String(given));
      if (!option) return wrong('one of its choices');
      return kept(kind.key === 'sentiment' ? Number(option.value) : option.value, option.label);
    }
    case 'list': {
      const items = typeof given === 'string' ? given.split('\n').map((item) => item.trim()) : given;
      const filled = Array.isArray(items) ? [...new Set(items.filter((item) => item !== ''))] : [];
      return filled.length > 0 ? kept(filled, filled.join(', ')) : wrong('a list');
    }
  }
}

function findName(
  rows: Rows,
  given: GivenValue,
  what: string,
  kept: (value: string, display: string) => CheckedValue,
  wrong: (what: string) => CheckedValue,
): CheckedValue {
  if (typeof given !== 'string') return wrong(what);
  for (const [externalId, { id, name }] of rows)
    if (externalId === given || id === given) return kept(externalId, name);
  return { ok: false, fault: `This is not among the active ones any more. Choose ${what} again.` };
}

function dollars(amount: number): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return amount.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
