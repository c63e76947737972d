import { z } from 'zod';
import { day, id, time } from '../api.ts';

const certainty = z.enum(['suggested', 'confirmed', 'refused']);
const support = {
  certainty,
  confidence: z.number().nullable(),
  evidence: z.string().nullable(),
  confirmedBy: z.string().nullable().describe('Who decided, by name; null while it is a suggestion'),
};
const unitNumber = z.int().nullable().describe('Number of the unit that says it');

export const shownReview = z.object({
  reportId: id,
  revision: z.int().describe('To be named with what is decided'),
  version: z.int().describe('Of the transcript in force'),
  rights: z.object({ codes: z.boolean(), values: z.boolean() }).describe('What you may settle'),
  units: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      start: z.int(),
      end: z.int(),
      newParagraph: z.boolean(),
      codes: z
        .array(z.object({ code: z.string(), label: z.string(), ...support }))
        .describe('The main code first, refused ones last'),
    }),
  ),
  values: z.array(
    z.object({
      id,
      field: z.string(),
      label: z.string(),
      value: z.unknown(),
      display: z.string(),
      unit: unitNumber,
      startOffset: z.int().nullable(),
      endOffset: z.int().nullable(),
      ...support,
    }),
  ),
  steps: z.array(
    z.object({ id, owner: z.string(), text: z.string(), due: day.nullable(), unit: unitNumber, ...support }),
  ),
  codes: z
    .array(z.object({ key: z.string(), label: z.string(), definition: z.string() }))
    .describe('The codebook in force'),
  fields: z
    .array(
      z.object({
        key: z.string(),
        label: z.string(),
        type: z.string(),
        single: z.boolean().describe('Another value takes the place of the one that stands'),
        options: z.array(z.object({ value: z.string(), label: z.string() })),
      }),
    )
    .describe('What values can be of: built in, and defined by the company'),
  changes: z
    .array(
      z.object({
        at: time,
        by: z.string().nullable(),
        what: z.string(),
        unit: z.int().nullable(),
        revision: z.int(),
      }),
    )
    .describe('What was decided since it was finalized, newest first'),
});
