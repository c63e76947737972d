import { type JobApi, Refused } from './job-api.ts';
import { isOurLease, rememberLease } from './saving/leases.ts';
import type { JobDetail } from './wire.ts';

/**
 * In which way a job is opened:
 * - `write`: it is ours, in this browser
 * - `elsewhere`: it is ours, claimed by another browser; taking it over ends that one's lease
 * - `somebody`: another person has it
 * - `done`: finished or closed
 */
export type OpenedJob =
  | { mode: 'write'; job: JobDetail; leaseToken: string }
  | { mode: 'elsewhere'; job: JobDetail }
  | { mode: 'somebody'; job: JobDetail }
  | { mode: 'done'; job: JobDetail };

/**
 * Loads a job and claims it when nobody has it. `takeOver` claims it also from another browser of ours; `kept` is the
 * lease token beside this computer's draft.
 */
export async function openJob(
  api: JobApi,
  jobId: string,
  userId: string,
  { storage, kept, takeOver }: { storage: Storage; kept: string | null; takeOver: boolean },
): Promise<OpenedJob> {
  const job = await api.load(jobId);
  if (job.status === 'finalized' || job.status === 'closed') return { mode: 'done', job };
  if (!takeOver && job.leaseToken && isOurLease(storage, jobId, job.leaseToken, kept))
    return { mode: 'write', job, leaseToken: job.leaseToken };
  const isMine = job.claimedBy?.id === userId;
  if (job.claimedBy && !isMine) return { mode: 'somebody', job };
  if (isMine && !takeOver) return { mode: 'elsewhere', job };
  try {
    const claimed = await api.claim(jobId);
    if (!claimed?.leaseToken) return { mode: 'somebody', job };
    rememberLease(storage, jobId, claimed.leaseToken);
    return { mode: 'write', job: claimed, leaseToken: claimed.leaseToken };
  } catch (error) {
    // Somebody was faster.
    if (error instanceof Refused && error.statusCode === 409)
      return { mode: 'somebody', job: await api.load(jobId) };
    throw error;
  }
}

/**
 * A new lease on a job whose lease ran out while nobody took it; null when somebody has it or it is done.
 * @throws Unreachable, Refused
 */
export async function regainLease(api: JobApi, jobId: string): Promise<string | null> {
  const job = await api.load(jobId);
  if (job.status !== 'waiting') return null;
  return (await api.claim(jobId))?.leaseToken ?? null;
}
