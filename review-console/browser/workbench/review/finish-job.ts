import { type Finalized, type JobApi, Unreachable } from '../job-api.ts';
import { rememberLease } from '../saving/leases.ts';

const ATTEMPTS = 30;
const WAIT_MS = 2_000;

/**
 * Finalizes, and asks again when no answer came: with the same lease the server makes one report, however often it is
 * asked. @throws Refused, or Unreachable after a minute
 */
export async function finalizeSurely(
  api: JobApi,
  jobId: string,
  body: object,
  onWaiting: () => void,
): Promise<Finalized> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await api.finalize(jobId, body);
    } catch (error) {
      if (!(error instanceof Unreachable) || attempt === ATTEMPTS) throw error;
      onWaiting();
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

/** Where to go when a job is done with: the next one, claimed already, or the queue. */
export async function claimNext(api: JobApi, storage: Storage): Promise<string> {
  const next = await api.claim().catch(() => null);
  if (!next?.leaseToken) return '/queue';
  rememberLease(storage, next.id, next.leaseToken);
  return `/workbench/${next.id}`;
}
