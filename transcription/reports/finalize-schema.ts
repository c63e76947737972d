import { z } from 'zod';
import { anchorsSchema, textSchema } from '../jobs/save-draft.ts';

/** A person's own is `confirmed`; what software guessed and nobody has looked at stays `suggested`. */
const certainty = z.enum(['suggested', 'confirmed', 'refused']).default('confirmed');
const support = {
  certainty,
  confidence: z.number().min(0).max(1).nullish(),
  evidence: z.string().max(1000).nullish(),
};
const offset = z.number().int().min(0);
const day = z.iso.date();
/** Of our row, or the company's own id of the vocabulary. */
const reference = z.string().min(1).max(200);
const amountKind = z.enum(['deal', 'price', 'budget', 'discount', 'volume-spend', 'other']);

/** A code's key alone, or with what it goes by. */
const code = z.union([
  z
    .string()
    .min(1)
    .transform((key) => ({ code: key, certainty: 'confirmed' as const, confidence: null, evidence: null })),
  z.object({ code: z.string().min(1), ...support }),
]);

export const unitSchema = z.object({
  /** UTF-16 offsets into the text; without them the unit's words are looked for after the unit before. */
  start: offset.optional(),
  end: offset.optional(),
  text: z.string().optional(),
  /** A new paragraph starts here. */
  para: z.boolean().default(false),
  codes: z.array(code).default([]),
});

/** A value as the review step holds it, or bare as the analysis gives it. */
const fieldValue = z.union([
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }).transform(({ text }) => text),
    z.object({ kind: z.literal('reference'), id: reference }).transform(({ id }) => id),
    z.object({ kind: z.literal('number'), number: z.number() }).transform(({ number }) => number),
    z
      .object({ kind: z.literal('amount'), amount: z.number(), of: amountKind })
      .transform(({ amount, of }) => ({ value: amount, currency: 'USD' as const, of })),
    z
      .object({ kind: z.literal('percent'), percent: z.number(), of: amountKind })
      .transform(({ percent, of }) => ({ value: percent, of })),
  ]),
  z.string(),
  z.number(),
  z.object({ value: z.number(), currency: z.literal('USD'), of: amountKind }),
  z.object({ value: z.number(), of: amountKind }),
]);

const fieldSchema = z.object({
  field: z.string().min(1).max(100),
  value: fieldValue,
  /** What a person reads; made from the value when left out. */
  display: z.string().max(1000).optional(),
  /** Index of the unit that says it, from 0. */
  unit: offset.nullish(),
  span: z.object({ start: offset, end: offset }).nullish(),
  ...support,
});

const stepSchema = z.object({
  /** Index of the unit that says it, from 0. */
  unit: offset.nullish(),
  owner: z.enum(['rep', 'customer', 'colleague']),
  /** The unit's words when left out. */
  text: z.string().max(5000).optional(),
  due: day.nullish(),
  ...support,
});

/** What a person settled in the review. What is left out is the software's own suggestion, marked as such. */
export const settledSchema = z.object({
  text: textSchema,
  anchors: anchorsSchema.default([]),
  units: z.array(unitSchema).optional(),
  accountId: reference.nullable().optional(),
  contacts: z.array(reference).optional(),
  newContacts: z.array(z.string().trim().min(1).max(200)).optional(),
  meetingDate: day.nullable().optional(),
  meetingType: z.enum(['visit', 'phone', 'video', 'event', 'email']).nullable().optional(),
  /** Whether a person stands behind account, contacts and the meeting's day and kind. */
  headingCertainty: certainty,
  fields: z.array(fieldSchema).optional(),
  nextSteps: z.array(stepSchema).optional(),
});

export const finalizeInput = settledSchema.extend({ leaseToken: z.uuid() });
export const correctInput = settledSchema.extend({
  /** Version of the transcript that this was made from. */
  version: z.number().int().min(1),
});

export type SettledUnit = z.infer<typeof unitSchema>;
export type SettledInput = z.infer<typeof settledSchema>;
export type StoredValue = z.infer<typeof fieldValue>;
