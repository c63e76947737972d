import { z } from 'zod';

const upsertedSchema = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    created: z.boolean().optional(),
    errors: z.array(z.unknown()).default([]),
  }),
);

/** The results of a collection, in order; id null: refused, for these errors. */
export function upsertedIds(body: unknown): { id: string | null; errors: unknown[] }[] {
  return (upsertedSchema.safeParse(body).data ?? []).map(({ id, success, errors }) => ({
    id: success ? (id ?? null) : null,
    errors,
  }));
}
