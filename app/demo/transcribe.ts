import { z } from 'zod';
import type { SettledInput } from '../../transcription/reports/finalize-schema.ts';
import type { ServerClient } from './server-client.ts';
import { waitFor } from './wait-for.ts';

const dictations = z.object({
  dictations: z.array(
    z.object({
      jobId: z.uuid().nullable(),
      jobStatus: z.string().nullable(),
      durationSeconds: z.number().nullable(),
    }),
  ),
});
const claimed = z.object({ leaseToken: z.uuid(), draft: z.object({ revision: z.number() }) });
const saved = z.object({ revision: z.number() });
const finalized = z.object({ reportId: z.uuid(), reference: z.string() });

/** Saves while typing; each is a request like those of the workbench. */
const SAVES = 12;

/** The job of a dictation, once its audio is verified and it can be claimed. */
export async function waitForJob(
  person: ServerClient,
  reference: string,
): Promise<{ jobId: string; seconds: number }> {
  return waitFor('the job', async () => {
    const { dictations: rows } = await person.get(`/api/v1/dictations?reference=${reference}`, dictations);
    const [row] = rows;
    if (row?.jobStatus !== 'waiting' || row.jobId === null) return null;
    return { jobId: row.jobId, seconds: row.durationSeconds ?? 0 };
  });
}

/**
 * Claims a job, types its text bit by bit as a person would, and finalizes it.
 * @param settled what the person settled; without units the software's own suggestions are taken
 * @param typingMs how long the typing takes
 */
export async function transcribe(
  person: ServerClient,
  jobId: string,
  {
    settled,
    typingMs,
  }: { settled: Pick<SettledInput, 'text' | 'anchors'> & Partial<SettledInput>; typingMs: number },
): Promise<{ reportId: string; saves: number }> {
  const { leaseToken, draft } = await person.post('/api/v1/jobs/claim', { jobId }, claimed);
  const { text, anchors } = settled;
  let revision = draft.revision;
  for (let save = 1; save <= SAVES; save++) {
    const typed = text.slice(0, Math.ceil((text.length * save) / SAVES));
    const reached = anchors.filter(([char]) => char <= typed.length);
    const body = {
      leaseToken,
      revision,
      text: typed,
      anchors: reached,
      audioPositionMs: reached.at(-1)?.[1] ?? 0,
    };
    ({ revision } = await person.put(`/api/v1/jobs/${jobId}/draft`, body, saved));
    await new Promise((resolve) => setTimeout(resolve, typingMs / SAVES));
  }
  const { reportId } = await person.post(
    `/api/v1/jobs/${jobId}/finalize`,
    { leaseToken, ...settled },
    finalized,
  );
  return { reportId, saves: SAVES };
}
