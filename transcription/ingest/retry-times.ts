/** When copying is tried again, and when it is given up. */
export interface RetryTimes {
  firstDelayMs: number;
  maxDelayMs: number;
  /** After this many attempts the recording is `dead` and waits for a person. */
  attempts: number;
}

/** 5 s, 10 s, ... half an hour: a carrier's outage of three hours passes without anybody's help. */
export const RETRY_TIMES: RetryTimes = { firstDelayMs: 5_000, maxDelayMs: 1_800_000, attempts: 15 };

/**
 * Milliseconds until the next attempt, `attempts` of them having failed: doubles each time, between 50 and 100 %
 * of that by chance, so that a thousand recordings which failed together don't come back together.
 * @param random from 0 up to 1
 */
export function nextDelayMs(
  { firstDelayMs, maxDelayMs }: RetryTimes,
  attempts: number,
  random: number,
): number {
  const full = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.round(full * (0.5 + random / 2));
}
