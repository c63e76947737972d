import { z } from 'zod';
import { doubtKinds } from '../../doubts/doubt.ts';

const place = z.number().int().min(0);
/** A doubt as it was at a version: enough to mark it again. */
export const keptMarkSchema = z.object({
  id: z.uuid(),
  start: place,
  end: place,
  kind: z.enum(doubtKinds),
  audioMs: place,
  audioEndMs: place.nullable(),
  note: z.string().nullable(),
});
export type KeptMark = z.infer<typeof keptMarkSchema>;
