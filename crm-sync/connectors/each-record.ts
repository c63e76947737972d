import type { CrmWriteResult } from './connector.ts';
import { CrmError } from './crm-error.ts';

/**
 * Handles records that a CRM takes one by one, some at once, and answers for each by itself. What a whole request met
 * with (time-out, limit) becomes the result of its record once another one is done; then no further record is sent,
 * and those left are to be tried again.
 *
 * @throws CrmError what the first request met with, when nothing came of any other
 */
export async function eachRecord<T>(
  items: readonly T[],
  atOnce: number,
  handle: (item: T) => Promise<CrmWriteResult>,
): Promise<CrmWriteResult[]> {
  const results: (CrmWriteResult | undefined)[] = items.map(() => undefined);
  let next = 0;
  let stopped: CrmError | null = null;
  async function work(): Promise<void> {
    while (next < items.length && stopped === null) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item === undefined) return;
      try {
        results[index] = await handle(item);
      } catch (error) {
        if (!(error instanceof CrmError)) throw error;
        if (error.kind === 'permanent')
          results[index] = { status: 'permanent', message: error.message, field: null };
        // It answered, so it is this record that it has trouble with.
        else if (error.kind === 'transient' && error.status !== null)
          results[index] = { status: 'transient', message: error.message, retryAfterMs: error.retryAfterMs };
        else stopped ??= error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  const error = stopped as CrmError | null;
  if (error !== null && results.every((result) => result === undefined)) throw error;
  return results.map(
    (result) =>
      result ?? {
        status: 'transient',
        message: error?.message ?? 'It was not sent; it is tried again by itself.',
        retryAfterMs: error?.retryAfterMs ?? null,
      },
  );
}
