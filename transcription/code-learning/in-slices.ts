const SLICE_MS = 10;

/**
 * Runs a generator to its end, letting whoever else waits have the process every ten milliseconds.
 * @param signal given up when it is aborted
 * @param now milliseconds of some clock
 * @returns null when it was given up
 */
export async function inSlices<T>(
  steps: Generator<void, T>,
  signal?: AbortSignal,
  now: () => number = () => performance.now(),
): Promise<T | null> {
  for (;;) {
    const until = now() + SLICE_MS;
    while (now() < until) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    if (signal?.aborted) return null;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
