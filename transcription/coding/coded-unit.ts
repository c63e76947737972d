import { z } from 'zod';

/** A unit as one person cut it out and coded it: UTF-16 offsets into the text, codes by key, the main one first. */
export const codedUnit = z.object({
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  codes: z.array(z.string().min(1).max(100)).max(20),
});

export type CodedUnit = z.infer<typeof codedUnit>;

export const codedUnits = z.array(codedUnit).max(5000);

/** Units as the database keeps them. What doesn't read as units (a row written by hand) is none. */
export function readCodedUnits(stored: unknown): CodedUnit[] {
  const parsed = codedUnits.safeParse(stored);
  return parsed.success ? parsed.data : [];
}
