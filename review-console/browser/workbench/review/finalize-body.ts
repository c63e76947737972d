import type { Anchor } from '../audio/anchors.ts';
import { type Review, unitAt } from './review.ts';

/** What POST …/finalize takes. Unit indexes count from 0 in the order of the text. */
export function finalizeBody(review: Review, leaseToken: string, anchors: readonly Anchor[]) {
  const { heading } = review;
  return {
    leaseToken,
    text: review.text,
    anchors,
    units: review.units.map(({ start, end, para, codes }) => ({
      start,
      end,
      para,
      codes: codes.map(({ code, certainty, confidence, evidence }) => ({
        code,
        certainty,
        confidence,
        evidence,
      })),
    })),
    accountId: heading.accountId,
    headingCertainty: heading.settled ? ('confirmed' as const) : ('suggested' as const),
    contacts: heading.people.flatMap(({ contactId }) => (contactId ? [contactId] : [])),
    newContacts: heading.people.flatMap(({ newName }) => (newName ? [newName] : [])),
    meetingDate: heading.meetingDate,
    meetingType: heading.meetingType,
    fields: review.fields.map(({ field, value, display, span, certainty, confidence, evidence }) => ({
      field,
      value,
      display,
      unit: span ? unitAt(review, span.start) : null,
      span,
      certainty,
      confidence,
      evidence,
    })),
    nextSteps: review.steps.map(({ at, owner, text, due, certainty, confidence, evidence }) => ({
      unit: unitAt(review, at),
      owner,
      text,
      due,
      certainty,
      confidence,
      evidence,
    })),
  };
}
