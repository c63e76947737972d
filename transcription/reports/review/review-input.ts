import { z } from 'zod';

const certainty = z.enum(['suggested', 'confirmed', 'refused']);
const unit = z.int().min(1).describe('Number of the unit');
const key = z.string().min(1).max(100);
const day = z.iso.date();
const offset = z.int().min(0);
const owner = z.enum(['rep', 'customer', 'colleague']);
const words = z.string().trim().min(1).max(5000);

const kind = z.enum(['deal', 'price', 'budget', 'discount', 'volume-spend', 'other']);

/** As the type of the field asks for it: a name's id, a day, a number, an amount with its kind, a list. */
const givenValue = z.union([
  z.string().trim().min(1).max(1000),
  z.number(),
  z.object({ value: z.number(), of: kind }),
  z.array(z.string().trim().min(1).max(200)).max(100),
]);

/** One decision of a person about a finished report. */
const reviewChange = z.discriminatedUnion('do', [
  z
    .object({ do: z.literal('code'), unit, code: key, certainty })
    .describe('A code of a unit is confirmed (added where it is not there), refused, or open again'),
  z
    .object({ do: z.literal('codes'), unit, codes: z.array(key).min(1).max(20) })
    .describe('These codes hold for a unit, the main one first; others that stood are refused'),
  z
    .object({
      do: z.literal('value'),
      id: z.uuid(),
      certainty: certainty.optional(),
      value: givenValue.optional(),
    })
    .describe('A value is confirmed, refused, open again, or changed (and so confirmed)'),
  z
    .object({
      do: z.literal('add_value'),
      field: key,
      value: givenValue,
      unit: unit.nullish(),
      span: z.object({ start: offset, end: offset }).nullish().describe('Of the words, in the transcript'),
    })
    .describe('A value that was missed'),
  z
    .object({
      do: z.literal('step'),
      id: z.uuid(),
      certainty: certainty.optional(),
      owner: owner.optional(),
      text: words.optional(),
      due: day.nullable().optional(),
    })
    .describe('A next step is confirmed, refused, open again, or changed (and so confirmed)'),
  z
    .object({ do: z.literal('add_step'), unit, owner, text: words.optional(), due: day.nullish() })
    .describe("A next step that was missed; without words of its own the unit's"),
  z
    .object({ do: z.literal('confirm'), unit: unit.nullish() })
    .describe('All that stands is right: of a unit, or of the whole report'),
]);

export const reviewInput = z.object({
  revision: z.int().min(0).describe('The one that was seen; what others changed since is not overwritten'),
  requestId: z.uuid().describe('Made by you: sent again, it changes nothing twice'),
  changes: z.array(reviewChange).min(1).max(500),
});

export type ReviewInput = z.infer<typeof reviewInput>;
export type ReviewDecision = z.infer<typeof reviewChange>;
export type GivenValue = z.infer<typeof givenValue>;
