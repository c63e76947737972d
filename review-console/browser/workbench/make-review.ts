import type { Suggested } from '../../../transcription/thought-units/types.ts';
import type { FieldValue, Review, ReviewField, ReviewPerson, ReviewStep } from './review.ts';
import { showValue } from './show-value.ts';
import type { AnalysisAnswer, JobVocabulary } from './wire.ts';

/** The software's guess as a review in which nothing is settled. Ids of the vocabulary become ids of our rows. */
export function makeReview(text: string, analysis: AnalysisAnswer, vocabulary: JobVocabulary): Review {
  const byExternalId = new Map(vocabulary.terms.map((term) => [`${term.kind}:${term.externalId}`, term]));
  const { units, fields } = analysis;
  const name = (kind: string, externalId: string) =>
    byExternalId.get(`${kind}:${externalId}`)?.name ?? externalId;
  const rowId = (kind: string, externalId: string) =>
    byExternalId.get(`${kind}:${externalId}`)?.id ?? externalId;

  const made: ReviewField[] = [];
  const add = <T>(
    field: string,
    suggested: Suggested<T> | null,
    value: (raw: T) => FieldValue,
    label?: (raw: T) => string,
  ) => {
    if (!suggested) return;
    const fieldValue = value(suggested.value);
    made.push({
      field,
      value: fieldValue,
      display: label ? label(suggested.value) : showValue(field, fieldValue),
      span: suggested.span ?? spanOfUnit(suggested.unit),
      certainty: 'suggested',
      confidence: suggested.confidence,
      evidence: suggested.evidence,
    });
  };
  const spanOfUnit = (index: number | null) => {
    const unit = index === null ? undefined : units[index];
    return unit ? { start: unit.start, end: unit.end } : null;
  };

  for (const one of fields.products)
    add(
      'product',
      one,
      (id) => ({ kind: 'reference', id: rowId('product', id) }),
      (id) => name('product', id),
    );
  for (const one of fields.competitors)
    add(
      'competitor',
      one,
      (id) => ({ kind: 'reference', id: rowId('competitor', id) }),
      (id) => name('competitor', id),
    );
  for (const one of fields.newCompetitors)
    add('new_competitor', one, (said) => ({ kind: 'text', text: said }));
  for (const one of fields.amounts)
    add('amount', one, ({ value, of }) => ({ kind: 'amount', amount: value, of }));
  for (const one of fields.percents)
    add('percent', one, ({ value, of }) => ({ kind: 'percent', percent: value, of }));
  add('stage', fields.stage, (stage) => ({ kind: 'text', text: stage }));
  add('sentiment', fields.sentiment, (number) => ({ kind: 'number', number }));

  const people: ReviewPerson[] = [
    ...fields.contacts.map(({ value }) => ({
      contactId: rowId('contact', value),
      newName: null,
      display: name('contact', value),
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
      accountId: account ? rowId('account', account.value) : null,
      accountName: account ? name('account', account.value) : null,
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
