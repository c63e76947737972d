import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InvalidInput, NotFound } from '../../platform/errors.ts';

const idSchema = z.uuid();

/** An id of the address, `id` unless named otherwise. @throws NotFound when it is none: there is nothing at such an address */
export function readId(request: FastifyRequest, name = 'id'): string {
  const values = request.params as Record<string, unknown>;
  const parsed = idSchema.safeParse(values[name]);
  if (!parsed.success) throw new NotFound(`${name} is no id`);
  return parsed.data;
}

/** A form's fields. @throws InvalidInput which names the first field that is wrong */
export function readForm<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InvalidInput(`form field ${String(issue?.path[0] ?? '')} is not right`, {
    userMessage: `Something in the form is not right (${issue?.message ?? 'a field is missing'}). Go back, correct it and send it again.`,
  });
}
