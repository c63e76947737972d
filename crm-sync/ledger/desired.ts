import { z } from 'zod';

export const crmValueSchema = z.union([z.string(), z.number(), z.array(z.string()).readonly(), z.null()]);

export const objectTypeSchema = z.enum(['account', 'contact', 'activity', 'task', 'deal']);

const referenceSchema = z.object({
  objectType: objectTypeSchema,
  externalKey: z.string(),
  name: z.string(),
});

/** What a ledger entry is to bring about: the shape of `sync_entry.desired`. */
export const desiredSchema = z.object({
  value: crmValueSchema,
  display: z.string(),
  /** Source of the mapping that made it. */
  source: z.string(),
  /** The mapping's row, and with it the version that was in force; absent in entries from before there were any. */
  mappingId: z.string().optional(),
  /** Version of the transcript in force when it was planned; absent in entries from before that was kept. */
  reportVersion: z.int().optional(),
  /** Unit that says it; null when it is drawn from the whole report. */
  unitId: z.string().nullable(),
  confirmedById: z.string().nullable(),
  /** The record, should the CRM have to make it. */
  recordName: z.string(),
  links: z.array(referenceSchema),
  /** The record belongs to others than when this value was written: it is linked anew, even if the value stands there. */
  relink: z.boolean().optional(),
  /** The report does not say it any more: take back what it wrote, if that still stands. */
  withdraw: z.boolean().optional(),
  /**
   * A person takes back what stands there (`withdraw` is set): what we wrote, and what is to be there instead. For text
   * that is appended and for lists, `restore` is what the report itself wanted there before; else the value before,
   * which may be somebody else's: then it is not `ours` to overwrite later.
   */
  undo: z
    .object({
      wrote: crmValueSchema,
      restore: crmValueSchema,
      ours: z.boolean(),
      byId: z.string().nullable(),
    })
    .optional(),
  /** A person settled a conflict in our favor, having seen this value there; another value is another conflict. */
  approvedOver: z.object({ value: crmValueSchema, byId: z.string().nullable() }).optional(),
});

export type Desired = z.infer<typeof desiredSchema>;
