import { type JobApi, Refused } from '../job-api.ts';

/** Keeps the lease alive while somebody is at work here. */
export interface Heartbeat {
  /** A key, or sound that plays: somebody is here. */
  noteActivity(): void;
  stop(): void;
}

const EVERY_MS = 20_000;
/** A window that was left open over lunch gives its job to others; on return it is taken again if it is free. */
const IDLE_MS = 15 * 60_000;

export function startHeartbeat(
  api: JobApi,
  jobId: string,
  leaseToken: () => string,
  onLost: () => void,
): Heartbeat {
  let activeAtMs = performance.now();
  const beat = () => {
    if (performance.now() - activeAtMs > IDLE_MS) return;
    api.heartbeat(jobId, leaseToken()).catch((error: unknown) => {
      // Without an answer the lease may still hold; the next save or beat tells.
      if (error instanceof Refused && error.code === 'lease_lost') onLost();
    });
  };
  const timer = setInterval(beat, EVERY_MS);
  // Timers sleep in hidden windows and closed laptops.
  const onVisible = () => {
    if (document.visibilityState !== 'visible') return;
    activeAtMs = performance.now();
    beat();
  };
  document.addEventListener('visibilitychange', onVisible);
  return {
    noteActivity() {
      activeAtMs = performance.now();
    },
    stop() {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}
