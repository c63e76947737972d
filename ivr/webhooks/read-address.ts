import type { z } from 'zod';
import { InvalidInput } from '../../platform/errors.ts';

/**
 * Parameters of an address that we made ourselves.
 * @throws InvalidInput when it isn't one of ours
 */
export function readAddress<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InvalidInput('The address of a webhook is malformed');
  return parsed.data;
}
