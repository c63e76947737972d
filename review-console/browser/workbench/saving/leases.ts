/**
 * Lease tokens that this browser claimed. The server shows a token to whoever holds the job, also on another
 * computer; only the browser that claimed it may go on without asking.
 */
const keyOf = (jobId: string) => `dictaline.lease.${jobId}`;

export function rememberLease(storage: Storage, jobId: string, leaseToken: string): void {
  storage.setItem(keyOf(jobId), leaseToken);
}

/** `kept` is the token beside the draft of this computer, if there is one. */
export function isOurLease(
  storage: Storage,
  jobId: string,
  leaseToken: string | null,
  kept: string | null,
): boolean {
  return leaseToken !== null && (storage.getItem(keyOf(jobId)) === leaseToken || kept === leaseToken);
}

export function forgetLease(storage: Storage, jobId: string): void {
  storage.removeItem(keyOf(jobId));
}
