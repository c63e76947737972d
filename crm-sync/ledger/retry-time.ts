const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 60 * 60_000;

/** Tries in all, over about a day, before a person is asked. */
export const MAX_ATTEMPTS = 32;

/**
 * When to try again after `attempts` tries that failed for a passing reason. Never sooner than the CRM asked for;
 * spread by a fifth according to `seed`, so that entries that failed together don't come back together.
 */
export function retryAt(now: Date, attempts: number, retryAfterMs: number | null, seed: string): Date {
  const backoffMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, attempts - 1));
  const spread = (Number.parseInt(seed.slice(-4), 16) % 1000) / 1000 || 0;
  return new Date(now.getTime() + Math.max(retryAfterMs ?? 0, Math.round(backoffMs * (1 + spread / 5))));
}
