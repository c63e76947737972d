/**
 * Resolves with the first result of `look` that is neither false, null nor undefined; looks again every few
 * milliseconds and fails at the deadline. Instead of sleeping for as long as something might take.
 */
export async function until<T>(
  look: () => T | Promise<T>,
  what = 'what was expected',
  timeoutMs = 15_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (isPresent(found)) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

function isPresent<T>(value: T): value is Exclude<T, false | null | undefined> {
  return value !== false && value !== null && value !== undefined;
}
