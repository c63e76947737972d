import { z } from 'zod';

/** The one shape of every error under /api. */
export const errorAnswer = z
  .object({
    error: z.object({
      code: z.string().describe('A stable word for programs, such as not_found'),
      message: z.string().describe('For a person: what is wrong and what to do'),
    }),
  })
  .describe('Nothing was changed');

const EVERYWHERE = [400, 401, 403, 500] as const;
type Everywhere = (typeof EVERYWHERE)[number];

export function errorAnswers<E extends number>(more: readonly E[]) {
  const statuses = [...EVERYWHERE, ...more].map((status) => [status, errorAnswer] as const);
  return Object.fromEntries(statuses) as Record<Everywhere | E, typeof errorAnswer>;
}
