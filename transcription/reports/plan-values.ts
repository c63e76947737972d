import type { Analysis } from '../thought-units/types.ts';
import type { LoadedVocabulary } from '../vocabulary/load-vocabulary.ts';
import { displayValue } from './display-value.ts';
import type { SettledInput, StoredValue } from './finalize-schema.ts';
import type { FaultPlace } from './review-fault.ts';

export type CertaintyWord = SettledInput['headingCertainty'];

export interface PlannedSupport {
  certainty: CertaintyWord;
  confidence: number | null;
  evidence: string | null;
}

export interface FoundValue extends PlannedSupport {
  field: string;
  value: StoredValue;
  display?: string;
  unit: number | null;
  span: { start: number; end: number } | null;
}

export type Faulty = { ok: false; fault: string; at?: FaultPlace };

export const HEADING = new Set(['account', 'contact', 'new_contact', 'meeting_date', 'meeting_type']);

/** All suggestions of the analysis as values under their field's key. */
export function suggestedValues(
  { fields, configured }: Analysis,
  unitAt: (offset: number) => number | null,
): FoundValue[] {
  const one = <T extends StoredValue>(
    field: string,
    suggested: { value: T; span: FoundValue['span']; confidence: number; evidence: string } | null,
  ) => {
    if (!suggested) return [];
    const { value, span, confidence, evidence } = suggested;
    const unit = span ? unitAt(span.start) : null;
    return [{ field, value, unit, span, certainty: 'suggested' as const, confidence, evidence }];
  };
  return [
    ...one('account', fields.account),
    ...fields.contacts.flatMap((each) => one('contact', each)),
    ...fields.newContacts.flatMap((each) => one('new_contact', each)),
    ...one('meeting_date', fields.meetingDate),
    ...one('meeting_type', fields.meetingType),
    ...fields.products.flatMap((each) => one('product', each)),
    ...fields.competitors.flatMap((each) => one('competitor', each)),
    ...fields.newCompetitors.flatMap((each) => one('new_competitor', each)),
    ...fields.amounts.flatMap((each) => one('amount', each)),
    ...fields.percents.flatMap((each) => one('percent', each)),
    ...one('stage', fields.stage),
    ...one('sentiment', fields.sentiment.confidence > 0 ? fields.sentiment : null),
    ...configured.flatMap(({ field, display, ...each }) =>
      one(field, each).map((value) => ({ ...value, display })),
    ),
  ];
}

/** Account, people, the meeting's day and kind: from the person where given (null: there is none), else suggested. */
export function planHeading(
  input: SettledInput,
  loaded: LoadedVocabulary,
  suggested: readonly FoundValue[],
  named: string | null,
): { ok: true; values: FoundValue[] } | Faulty {
  const guess = (field: string) => suggested.filter((value) => value.field === field);
  const given = (field: string, value: string) => {
    const same = guess(field).find((each) => each.value === value);
    return {
      field,
      value,
      unit: same?.unit ?? null,
      span: same?.span ?? null,
      certainty: input.headingCertainty,
      confidence: same?.confidence ?? null,
      evidence: same?.evidence ?? null,
    };
  };
  const values: FoundValue[] = [];

  if (input.accountId) {
    const account = findReference(loaded.accounts, input.accountId);
    if (!account)
      return {
        ok: false,
        fault: 'The account is not among the active ones; choose it again.',
        at: 'heading',
      };
    values.push(given('account', account));
  } else if (input.accountId === undefined) {
    const keyed = named && loaded.accounts.has(named) ? [given('account', named)] : [];
    const evidence = { certainty: 'suggested' as const, confidence: 1, evidence: 'keyed in on the phone' };
    values.push(...(keyed.length > 0 ? keyed.map((value) => ({ ...value, ...evidence })) : guess('account')));
  }
  if (input.contacts) {
    for (const reference of input.contacts) {
      const contact = findReference(loaded.contacts, reference);
      if (!contact)
        return {
          ok: false,
          fault: 'A contact is not among the active ones; choose it again.',
          at: 'heading',
        };
      values.push(given('contact', contact));
    }
  } else values.push(...guess('contact'));
  values.push(...(input.newContacts?.map((name) => given('new_contact', name)) ?? guess('new_contact')));
  for (const [field, value] of [
    ['meeting_date', input.meetingDate],
    ['meeting_type', input.meetingType],
  ] as const) {
    if (value) values.push(given(field, value));
    else if (value === undefined) values.push(...guess(field));
  }
  return { ok: true, values };
}

export function toldFields(
  input: SettledInput,
  loaded: LoadedVocabulary,
  unitCount: number,
  unitAt: (offset: number) => number | null,
): { ok: true; values: FoundValue[] } | Faulty {
  const values: FoundValue[] = [];
  for (const told of input.fields ?? []) {
    // The heading has places of its own in the input.
    if (HEADING.has(told.field)) continue;
    const { field, display, certainty } = told;
    let { value } = told;
    if ((field === 'product' || field === 'competitor') && typeof value === 'string') {
      const known = findReference(field === 'product' ? loaded.products : loaded.competitors, value);
      if (!known) {
        const at = told.unit ?? (told.span ? unitAt(told.span.start) : null) ?? 'heading';
        return { ok: false, fault: `A ${field} is not among the active ones; choose it again.`, at };
      }
      value = known;
    }
    if (told.unit != null && told.unit >= unitCount) {
      return { ok: false, fault: `A value names unit ${told.unit + 1}, but there are only ${unitCount}.` };
    }
    const span = told.span ?? null;
    values.push({
      field,
      value,
      ...(display && { display }),
      unit: told.unit ?? (span ? unitAt(span.start) : null),
      span,
      certainty,
      confidence: told.confidence ?? null,
      evidence: told.evidence ?? null,
    });
  }
  return { ok: true, values };
}

/** The external id of a row named by its own or by its external id. */
function findReference(rows: ReadonlyMap<string, { id: string }>, reference: string): string | undefined {
  if (rows.has(reference)) return reference;
  for (const [externalId, { id }] of rows) if (id === reference) return externalId;
  return undefined;
}

export function firstOfEach<T extends { field: string; value: StoredValue }>(values: readonly T[]): T[] {
  const seen = new Set<string>();
  return values.filter(({ field, value }) => {
    const key = `${field} ${JSON.stringify(value)}`;
    return !seen.has(key) && seen.add(key);
  });
}

export function nameOf({ field, value }: FoundValue, loaded: LoadedVocabulary): string {
  const rows: Record<string, ReadonlyMap<string, { name: string }>> = {
    account: loaded.accounts,
    contact: loaded.contacts,
    product: loaded.products,
    competitor: loaded.competitors,
  };
  return (typeof value === 'string' && rows[field]?.get(value)?.name) || displayValue(field, value);
}
