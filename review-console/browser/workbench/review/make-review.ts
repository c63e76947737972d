import type { AnalysisAnswer } from '../wire.ts';
import type { FieldValue, Review, ReviewField, ReviewPerson, ReviewStep } from './review.ts';

interface Suggestion<T> {
  value: T;
  unit: number | null;
  span: { start: number; end: number } | null;
  confidence: number;
  evidence: string;
  display: string;
  /** Of our row, where the value names something of the vocabulary. */
  id: string | null;
}

/** The software's guess as a review in which nothing is settled. */
export function makeReview(text: string, { units, fields, configured }: AnalysisAnswer): Review {
  const made: ReviewField[] = [];
  const add = <T>(field: string, { value, ...said }: Suggestion<T>, toValue: (raw: T) => FieldValue) => {
    const unit = said.unit === null ? undefined : units[said.unit];
    made.push({
      field,
      value: said.id ? { kind: 'reference', id: said.id } : toValue(value),
      display: said.display,
      span: said.span ?? (unit ? { start: unit.start, end: unit.end } : null),
      certainty: 'suggested',
      confidence: said.confidence,
      evidence: said.evidence,
    });
  };
  const asText = (value: string): FieldValue => ({ kind: 'text', text: value });
  for (const one of fields.products) add('product', one, asText);
  for (const one of fields.competitors) add('competitor', one, asText);
  for (const one of fields.newCompetitors) add('new_competitor', one, asText);
  for (const one of fields.amounts)
    add('amount', one, ({ value, of }) => ({ kind: 'amount', amount: value, of }));
  for (const one of fields.percents)
    add('percent', one, ({ value, of }) => ({ kind: 'percent', percent: value, of }));
  if (fields.stage) add('stage', fields.stage, asText);
  add('sentiment', fields.sentiment, (number) => ({ kind: 'number', number }));
  for (const { field, ...one } of configured)
    add(field, { ...one, id: null }, (raw) =>
      typeof raw === 'number' ? { kind: 'number', number: raw } : asText(raw),
    );

  const people: ReviewPerson[] = [
    ...fields.contacts.map(({ id, value, display }) => ({
      contactId: id ?? value,
      newName: null,
      display,
      certainty: 'suggested' as const,
    })),
    ...fields.newContacts.map(({ value }) => ({
      contactId: null,
      newName: value,
      display: value,
      certainty: 'suggested' as const,
    })),
  ];
  const steps = fields.nextSteps.flatMap((step): ReviewStep[] => {
    const unit = step.unit === null ? undefined : units[step.unit];
    if (!unit) return [];
    const { owner, due } = step.value;
    const { confidence, evidence } = step;
    return [{ at: unit.start, owner, due, text: unit.text, certainty: 'suggested', confidence, evidence }];
  });
  const account = fields.account;
  return {
    version: 1,
    text,
    heading: {
      accountId: account ? (account.id ?? account.value) : null,
      accountName: account?.display ?? null,
      accountEvidence: account?.evidence ?? null,
      people,
      meetingDate: fields.meetingDate?.value ?? null,
      meetingType: fields.meetingType?.value ?? null,
      settled: false,
    },
    units: units.map(({ start, end, para, codes }) => ({
      start,
      end,
      para,
      settled: false,
      codes: codes.map(({ code, confidence, evidence }) => ({
        code,
        certainty: 'suggested',
        confidence,
        evidence,
      })),
    })),
    fields: made,
    steps,
    current: -1,
  };
}
