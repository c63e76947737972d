import type { AmountKind, StepOwner } from '../../../../transcription/thought-units/types.ts';

/**
 * The second step: numbered units, their codes and values, each to be settled. Pure: every key is a function from
 * one state to the next, so that it can be kept in the draft, restored after a reload and undone.
 */
export type Certainty = 'suggested' | 'confirmed';

export interface UnitCode {
  code: string;
  certainty: Certainty;
  confidence: number | null;
  evidence: string | null;
}

export interface ReviewUnit {
  /** UTF-16 offsets into the review's text. */
  start: number;
  end: number;
  para: boolean;
  codes: UnitCode[];
  /** A person has read it and stands behind its codes and values. */
  settled: boolean;
}

export type FieldValue =
  | { kind: 'text'; text: string }
  | { kind: 'reference'; id: string }
  | { kind: 'amount'; amount: number; of: AmountKind }
  | { kind: 'percent'; percent: number; of: AmountKind }
  | { kind: 'number'; number: number };

export interface ReviewField {
  /** Field key: product, competitor, new_competitor, amount, percent, sentiment, stage ... */
  field: string;
  value: FieldValue;
  display: string;
  /** Where in the text it is said; null: the whole report says it. */
  span: { start: number; end: number } | null;
  certainty: Certainty;
  confidence: number | null;
  evidence: string | null;
}

export interface ReviewStep {
  /** A place within its unit. */
  at: number;
  owner: StepOwner;
  text: string;
  due: string | null;
  certainty: Certainty;
  confidence: number | null;
  evidence: string | null;
}

export interface ReviewPerson {
  contactId: string | null;
  /** Name as said, of somebody who is not known yet. */
  newName: string | null;
  display: string;
  certainty: Certainty;
}

export interface Heading {
  accountId: string | null;
  accountName: string | null;
  accountEvidence: string | null;
  people: ReviewPerson[];
  meetingDate: string | null;
  meetingType: string | null;
  settled: boolean;
}

export interface Review {
  version: 1;
  /** The text that all offsets point into. */
  text: string;
  heading: Heading;
  units: ReviewUnit[];
  fields: ReviewField[];
  steps: ReviewStep[];
  /** -1 is the heading. */
  current: number;
}

export function isReview(value: unknown): value is Review {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    value.version === 1 &&
    'units' in value
  );
}

/** How many things a person has not settled yet: the heading and each unit count as one. */
export function countOpen(review: Review): number {
  return review.units.filter((unit) => !unit.settled).length + (review.heading.settled ? 0 : 1);
}

/** The next unsettled place after `from`, starting over at the top; null when nothing is open. */
export function nextOpen(review: Review, from: number): number | null {
  const open = [
    ...(review.heading.settled ? [] : [-1]),
    ...review.units.flatMap((unit, index) => (unit.settled ? [] : [index])),
  ];
  return open.find((index) => index > from) ?? open[0] ?? null;
}

export function moveTo(review: Review, index: number): Review {
  return { ...review, current: Math.max(-1, Math.min(review.units.length - 1, index)) };
}

function isInside(unit: ReviewUnit, at: number): boolean {
  return at >= unit.start && at < unit.end;
}

/** Index of the unit that a place in the text belongs to; the last one before it when it lies between two. */
export function unitAt(review: Review, at: number): number {
  const index = review.units.findIndex((unit) => at < unit.end);
  return index < 0 ? review.units.length - 1 : index;
}

export function fieldsOf(review: Review, index: number): ReviewField[] {
  const unit = review.units[index];
  return unit ? review.fields.filter((field) => field.span && isInside(unit, field.span.start)) : [];
}

export function stepsOf(review: Review, index: number): ReviewStep[] {
  const unit = review.units[index];
  return unit ? review.steps.filter((step) => isInside(unit, step.at)) : [];
}

function replaceUnit(review: Review, index: number, change: (unit: ReviewUnit) => ReviewUnit): Review {
  return { ...review, units: review.units.map((unit, at) => (at === index ? change(unit) : unit)) };
}

const confirm = <T extends { certainty: Certainty }>(value: T): T => ({ ...value, certainty: 'confirmed' });

/** The person stands behind the current unit with its codes, values and next steps; goes on to the next open one. */
export function acceptCurrent(review: Review): Review {
  const index = review.current;
  const unit = review.units[index];
  let next: Review;
  if (index < 0 || !unit) {
    const people = review.heading.people.map(confirm);
    const fields = review.fields.map((field) => (field.span ? field : confirm(field)));
    next = { ...review, fields, heading: { ...review.heading, people, settled: true } };
  } else {
    next = {
      ...replaceUnit(review, index, (old) => ({ ...old, settled: true, codes: old.codes.map(confirm) })),
      fields: review.fields.map((field) =>
        field.span && isInside(unit, field.span.start) ? confirm(field) : field,
      ),
      steps: review.steps.map((step) => (isInside(unit, step.at) ? confirm(step) : step)),
    };
  }
  return { ...next, current: nextOpen(next, index) ?? index };
}

/**
 * The person stands behind all units of the current one's paragraph, read at one glance; on the heading, behind the
 * heading alone. Goes on to the next open place.
 */
export function acceptParagraph(review: Review): Review {
  const { current, units } = review;
  if (current < 0) return acceptCurrent(review);
  const begins = units.findLastIndex((unit, index) => index <= current && unit.para);
  const next = units.findIndex((unit, index) => index > current && unit.para);
  const first = Math.max(0, begins);
  const last = next < 0 ? units.length - 1 : next - 1;
  let accepted = review;
  for (let index = first; index <= last; index += 1)
    accepted = acceptCurrent({ ...accepted, current: index });
  return { ...accepted, current: nextOpen(accepted, last) ?? last };
}

/** Gives the unit these codes, main one first. Nothing changes without a code: a unit always says something. */
export function recode(review: Review, index: number, codes: readonly string[]): Review {
  if (codes.length === 0) return review;
  return replaceUnit(review, index, (unit) => ({
    ...unit,
    codes: [...new Set(codes)].map(
      (code): UnitCode => ({
        ...(unit.codes.find((old) => old.code === code) ?? { code, confidence: null, evidence: null }),
        certainty: 'confirmed',
      }),
    ),
  }));
}

/** Splits a unit before the character at `offset` (in the text). Unchanged where nothing would be on one side. */
export function splitUnit(review: Review, index: number, offset: number): Review {
  const unit = review.units[index];
  if (!unit || offset <= unit.start || offset >= unit.end) return review;
  const left = review.text.slice(unit.start, offset).trimEnd();
  const right = review.text.slice(offset, unit.end);
  const rightStart = offset + (right.length - right.trimStart().length);
  if (left.length === 0 || rightStart >= unit.end) return review;
  const units = [...review.units];
  units.splice(
    index,
    1,
    { ...unit, end: unit.start + left.length, settled: false },
    { ...unit, start: rightStart, para: false, settled: false },
  );
  return { ...review, units };
}

/** Joins a unit with the next one; codes of both stay, the first one's main code leads. */
export function mergeWithNext(review: Review, index: number): Review {
  const unit = review.units[index];
  const next = review.units[index + 1];
  if (!unit || !next) return review;
  const codes = [
    ...unit.codes,
    ...next.codes.filter((code) => !unit.codes.some((own) => own.code === code.code)),
  ];
  const units = [...review.units];
  units.splice(index, 2, { ...unit, end: next.end, codes, settled: false });
  return { ...review, units };
}

export function setField(review: Review, old: ReviewField | null, next: ReviewField | null): Review {
  const confirmed = next && confirm(next);
  if (!old) return confirmed ? { ...review, fields: [...review.fields, confirmed] } : review;
  const fields = review.fields.flatMap((field) => (field !== old ? [field] : confirmed ? [confirmed] : []));
  return { ...review, fields };
}

/** A field's value on a unit, or on the whole report (`index` -1), with the words that say it where they stand in it. */
export function addName(review: Review, index: number, field: string, name: string): Review {
  const unit = review.units[index];
  const at = unit ? review.text.slice(unit.start, unit.end).toLowerCase().indexOf(name.toLowerCase()) : -1;
  const start = unit ? unit.start + Math.max(0, at) : 0;
  return setField(review, null, {
    field,
    value: { kind: 'text', text: name },
    display: name,
    span: unit ? { start, end: at < 0 ? unit.end : start + name.length } : null,
    certainty: 'confirmed',
    confidence: null,
    evidence: null,
  });
}

export function setStep(review: Review, old: ReviewStep | null, next: ReviewStep | null): Review {
  const confirmed = next && confirm(next);
  if (!old) return confirmed ? { ...review, steps: [...review.steps, confirmed] } : review;
  const steps = review.steps.flatMap((step) => (step !== old ? [step] : confirmed ? [confirmed] : []));
  return { ...review, steps };
}

export function setHeading(review: Review, change: Partial<Heading>): Review {
  return { ...review, heading: { ...review.heading, settled: false, ...change } };
}

/** Adds somebody, or takes them out when they are in already. */
export function togglePerson(review: Review, person: ReviewPerson): Review {
  const isSame = (other: ReviewPerson) =>
    person.contactId ? other.contactId === person.contactId : other.newName === person.newName;
  const people = review.heading.people.some(isSame)
    ? review.heading.people.filter((other) => !isSame(other))
    : [...review.heading.people, confirm(person)];
  return setHeading(review, { people });
}

/**
 * A fresh analysis of a changed text, with what was settled before where the words are the same: units that read
 * the same keep their codes, and the heading stays as a person left it.
 */
export function carryOver(previous: Review, fresh: Review): Review {
  const settled = new Map<string, ReviewUnit>();
  for (const unit of previous.units)
    if (unit.settled) settled.set(previous.text.slice(unit.start, unit.end), unit);
  const carried = new Set<ReviewUnit>();
  const units = fresh.units.map((unit) => {
    const old = settled.get(fresh.text.slice(unit.start, unit.end));
    if (!old) return unit;
    const kept = { ...unit, codes: old.codes, settled: true };
    carried.add(kept);
    return kept;
  });
  const next: Review = {
    ...fresh,
    units,
    heading: previous.heading.settled ? previous.heading : fresh.heading,
    current: Math.min(previous.current, units.length - 1),
  };
  const heldBy = (at: number) => {
    const unit = units.find((candidate) => isInside(candidate, at));
    return unit && carried.has(unit) ? unit : null;
  };
  // A unit that was settled brings its values and steps along from before, moved to where it stands now.
  const offsetOf = (unit: ReviewUnit) => {
    const words = fresh.text.slice(unit.start, unit.end);
    const old = settled.get(words);
    return old ? unit.start - old.start : 0;
  };
  const fields = fresh.fields.filter((field) => !field.span || !heldBy(field.span.start));
  const steps = fresh.steps.filter((step) => !heldBy(step.at));
  for (const unit of carried) {
    const shift = offsetOf(unit);
    for (const field of previous.fields)
      if (field.span && field.span.start + shift >= unit.start && field.span.start + shift < unit.end)
        fields.push({ ...field, span: { start: field.span.start + shift, end: field.span.end + shift } });
    for (const step of previous.steps)
      if (isInside(unit, step.at + shift)) steps.push({ ...step, at: step.at + shift });
  }
  return { ...next, fields, steps };
}
