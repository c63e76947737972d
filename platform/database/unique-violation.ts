import { z } from 'zod';

/** SQLSTATE of a broken unique constraint. */
const UNIQUE_VIOLATION = '23505';

const fromPg = z.object({ code: z.literal(UNIQUE_VIOLATION), constraint: z.string() });

const fromPrisma = z.object({
  code: z.enum(['P2002', 'P2010']),
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({
        kind: z.literal('UniqueConstraintViolation'),
        constraint: z.object({ index: z.string() }),
      }),
    }),
  }),
});

/**
 * Whether `error`, from Prisma or from `pg`, says that a unique constraint was broken.
 *
 * Without a second argument any constraint counts. Name the constraint (`recordings_carrier_id_key`) or its
 * columns as the database calls them, in the constraint's order (`['carrier_id']`), where a table has several:
 * treating another constraint's violation as "already done" would lose data.
 */
export function isUniqueViolation(error: unknown, constraintOrColumns?: string | readonly string[]): boolean {
  const constraint = brokenConstraint(error);
  if (constraint === undefined) return false;
  if (constraintOrColumns === undefined) return true;
  if (typeof constraintOrColumns === 'string') return constraint === constraintOrColumns;
  // Prisma names a unique constraint table_column_column_key.
  return constraint.endsWith(`_${constraintOrColumns.join('_')}_key`);
}

function brokenConstraint(error: unknown): string | undefined {
  const pgError = fromPg.safeParse(error);
  if (pgError.success) return pgError.data.constraint;
  const prismaError = fromPrisma.safeParse(error);
  return prismaError.success ? prismaError.data.meta.driverAdapterError.cause.constraint.index : undefined;
}
