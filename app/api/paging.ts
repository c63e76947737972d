import { z } from 'zod';
import { InvalidInput } from '../../platform/errors.ts';

/** Part of the query of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional().describe('`nextCursor` of the page before'),
});

export const nextCursor = z.string().nullable().describe('Null on the last page');

/** Where a page ended: the values of its last row that the list is ordered by. Opaque to callers. */
function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values that a cursor holds, or undefined for the first page. Throws InvalidInput for a made-up one. */
export function readCursor<T extends z.ZodTuple>(
  cursor: string | undefined,
  shape: T,
): z.infer<T> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new InvalidInput('cursor is not one of ours', {
      cause,
      userMessage: 'That cursor is not one of this list. Start again without it.',
    });
  }
}

/**
 * A page and where the next one starts. Ask the database for `limit + 1` rows: one more than fits tells that there
 * is another page.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  orderedBy: (row: Row) => readonly (string | number)[],
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(orderedBy(last)) : null,
  };
}

/** For lists ordered by when something was made, where its maker may have chosen the id. */
const madeCursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** The last row of the page before, as those lists want it. */
export function readMadeCursor(cursor: string | undefined): { createdAt: Date; id: string } | undefined {
  const [createdAt, id] = readCursor(cursor, madeCursor) ?? [];
  return createdAt === undefined || id === undefined ? undefined : { createdAt: new Date(createdAt), id };
}

/** For lists ordered by id, which is by time of creation where we made the id. */
export const idCursor = z.tuple([z.uuid()]);
