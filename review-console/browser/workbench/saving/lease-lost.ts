import type { Banner } from '../dialogs/banner.ts';
import type { JobApi } from '../job-api.ts';
import { regainLease } from '../open-job.ts';
import type { Work } from '../work.ts';
import { forgetLease, rememberLease } from './leases.ts';

export interface LeaseLostParts {
  jobId: string;
  api: JobApi;
  banner: Banner;
  work: Work;
  field: HTMLTextAreaElement;
  /** The job is ours again. */
  onRegained(leaseToken: string): void;
  /** It is somebody else's, or done: nothing is sent any more. */
  stop(): void;
}

/** After a while without a connection the lease has run out; when nobody took the job meanwhile, it stays ours. */
export function createLeaseLost(parts: LeaseLostParts): () => Promise<void> {
  const { jobId, api, banner, work, field } = parts;
  let isRegaining = false;

  function takeBack(): void {
    forgetLease(localStorage, jobId);
    location.assign(`/workbench/${jobId}?take=1`);
  }

  return async () => {
    if (work.stopped || isRegaining) return;
    isRegaining = true;
    const regained = await regainLease(api, jobId).catch(() => null);
    isRegaining = false;
    if (work.stopped) return;
    if (regained) {
      work.leaseToken = regained;
      rememberLease(localStorage, jobId, regained);
      parts.onRegained(regained);
      return;
    }
    parts.stop();
    field.readOnly = true;
    banner.show(
      'This job is no longer yours: it was taken over or given back. Your text is kept on this computer.',
      [
        { label: 'Take it back', run: takeBack },
        { label: 'Copy my text', run: () => void navigator.clipboard.writeText(work.typed.text) },
      ],
      'late',
    );
  };
}
