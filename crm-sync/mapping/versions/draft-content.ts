import { z } from 'zod';
import { objectTypeSchema } from '../../ledger/desired.ts';
import { type KeyedMapping, type MappingFields, POLICIES } from '../mapping.ts';
import { valueMapSchema } from '../mapping-row.ts';

const name = z.string().trim().min(1).max(200);
const names = z.array(name).max(200);
const ids = z.array(z.uuid()).max(200);

/** What an administrator says of one field. */
export const mappingInput = z.object({
  source: name.describe('report, next_step, contact, code:KEY, or fields of the report joined by +'),
  objectType: objectTypeSchema,
  targetField: name.describe("The CRM's key of the field"),
  template: z.string().max(4000).describe('Handlebars'),
  policy: z.enum(POLICIES),
  confirmedOnly: z.boolean(),
  minConfidence: z.number().min(0).max(1).describe('Less sure suggestions are not written'),
  valueMap: valueMapSchema
    .max(500)
    .default([])
    .describe('What is written instead of what the template makes; an empty `to` writes nothing'),
  lineIds: ids.default([]).describe('Only reports that came in here; empty: all'),
  regions: names.default([]),
  teamIds: ids.default([]).describe('Only reports of speakers with these managers; empty: all'),
}) satisfies z.ZodType<MappingFields>;

export const keyedMapping = mappingInput.extend({
  key: z.uuid().describe('The same through all versions'),
}) satisfies z.ZodType<KeyedMapping>;

export type DraftMapping = z.infer<typeof keyedMapping>;

/** What `mapping_draft.content` holds. */
export const draftContent = z.object({
  mappings: z
    .array(keyedMapping)
    .max(500)
    .refine((mappings) => new Set(mappings.map(({ key }) => key)).size === mappings.length, {
      message: 'Each key once.',
    }),
  /** By mapping: the revision of the draft that changed it last, and who did. */
  touched: z.record(z.string(), z.object({ revision: z.int(), byName: z.string() })),
  /** The version that was brought back, while nothing else was changed. */
  restores: z.int().nullable(),
});

export type DraftContent = z.infer<typeof draftContent>;
