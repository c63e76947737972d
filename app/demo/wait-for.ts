import { StartupError } from '../../platform/errors.ts';

const LOOK_EVERY_MS = 150;
const PATIENCE_MS = 60_000;

/** Looks until something is there; throws StartupError when it takes longer than a minute. */
export async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline)
      throw new StartupError(`Waited a minute for ${what}; is a worker running? See the server's log.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
