import { z } from 'zod';

export interface RetryPolicy {
  /** How often it is tried in all. */
  attempts: number;
  /** Before the second attempt; doubles with each further one. */
  firstDelayMs: number;
  maxDelayMs: number;
}

/**
 * A kind of background work: its name and the shape of its payload, apart from its handler, so that whoever wakes
 * for it needn't import what does it.
 *
 * A payload holds ids only. What is to be done is read from PostgreSQL when the task runs.
 */
export interface Task<P> {
  /** Lower case words joined by `-`, as `copy-recording`; also the queue's name. */
  name: string;
  payload: z.ZodType<P>;
  retry: RetryPolicy;
}

const DEFAULT_RETRY: RetryPolicy = { attempts: 6, firstDelayMs: 2000, maxDelayMs: 300_000 };

/** The payload of a task that is only ever scheduled. */
export const nothing = z.object({}).strict();
export type Nothing = z.infer<typeof nothing>;

export function defineTask<P>(definition: {
  name: string;
  payload: z.ZodType<P>;
  retry?: Partial<RetryPolicy>;
}): Task<P> {
  const { name, payload, retry } = definition;
  return { name, payload, retry: { ...DEFAULT_RETRY, ...retry } };
}

/** Milliseconds before attempt number `attempt + 1`, `attempt` of them having failed. */
export function retryDelayMs({ firstDelayMs, maxDelayMs }: RetryPolicy, attempt: number): number {
  return Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
}
