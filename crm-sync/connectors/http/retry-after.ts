/**
 * Milliseconds from `now` that a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, 10.2.3). Null when
 * it is absent or neither; a time that has passed is none.
 */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1000));
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
