import { z } from 'zod';

/** HubSpot says of its errors that every field may be missing. */
const detailSchema = z.object({
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  in: z.string().optional().catch(undefined),
  context: z.record(z.string(), z.array(z.string())).catch({}),
});

export const errorSchema = z.object({
  category: z.string().catch(''),
  message: z.string().catch(''),
  policyName: z.string().optional().catch(undefined),
  context: z.record(z.string(), z.array(z.string())).catch({}),
  errors: z.array(detailSchema).catch([]),
});

export type HubspotError = z.infer<typeof errorSchema>;

export const recordSchema = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
  updatedAt: z.string(),
  archived: z.boolean().catch(false),
  archivedAt: z.string().optional(),
  url: z.string().optional(),
  objectWriteTraceId: z.string().optional(),
});

export type HubspotRecord = z.infer<typeof recordSchema>;

/** Of a batch; the errors are there when the status is 207. */
export const batchSchema = z.object({
  results: z.array(recordSchema),
  errors: z.array(errorSchema).catch([]),
});

const pagingSchema = z
  .object({ next: z.object({ after: z.string() }).optional() })
  .optional()
  .catch(undefined);

/** Of a list or a search. */
export const pageSchema = z.object({ results: z.array(recordSchema), paging: pagingSchema });

export const ownerPageSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      archived: z.boolean().catch(false),
    }),
  ),
  paging: pagingSchema,
});

export const propertySchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  hidden: z.boolean().catch(false),
  archived: z.boolean().catch(false),
  calculated: z.boolean().catch(false),
  externalOptions: z.boolean().catch(false),
  hasUniqueValue: z.boolean().catch(false),
  referencedObjectType: z.string().nullish(),
  showCurrencySymbol: z.boolean().nullish(),
  numberDisplayHint: z.string().nullish(),
  modificationMetadata: z.object({ readOnlyValue: z.boolean().catch(false) }).nullish(),
  options: z
    .array(z.object({ label: z.string(), value: z.string(), hidden: z.boolean().catch(false) }))
    .catch([]),
});

export type HubspotProperty = z.infer<typeof propertySchema>;

export const propertiesSchema = z.object({ results: z.array(propertySchema) });

export const portalSchema = z.object({ portalId: z.number(), uiDomain: z.string(), timeZone: z.string() });

export const tokenSchema = z.object({ scopes: z.array(z.string()) });
