import { z } from 'zod';

const key = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'A key is lower case letters, digits and hyphens.');

export const draftCode = z.object({
  key,
  label: z.string().trim().min(1).max(80),
  definition: z.string().trim().max(2000),
  cues: z.array(z.string().trim().min(1).max(100)).max(1000),
  examples: z.array(z.string().trim().min(1).max(1000)).max(50),
  /** Units whose words are an example. */
  exampleUnitIds: z.array(z.uuid()).max(50),
  parentKey: key.nullable(),
});

/** The next version as it is edited: its codes in order, and which of the codes in force become part of which. */
export const draftContent = z.object({
  codes: z.array(draftCode).max(500),
  merges: z.array(z.object({ from: key, into: key })).max(500),
});

export type DraftCode = z.infer<typeof draftCode>;
export type DraftContent = z.infer<typeof draftContent>;

/** "Price objection!" to `price-objection`. */
export function keyOfLabel(label: string): string {
  return label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
