import type { Platform } from '../../platform/platform.ts';
import { type JobRow, listJobs } from '../../transcription/jobs/list-jobs.ts';

/** Why a job was last given back; null when it never was, or has been taken again since. */
export interface Release {
  reason: string | null;
  by: string | null;
  at: Date;
}

export interface QueueRow extends JobRow {
  isMine: boolean;
  /** Handed over to the viewer. */
  isForMe: boolean;
  release: Release | null;
}

export interface Queue {
  /** What the viewer has claimed, to go on with, and what was handed over to them. */
  mine: QueueRow[];
  /** Everything else in the order of the queue. */
  rows: QueueRow[];
  waiting: number;
  late: number;
}

/** What is next and what will be late, as `viewerId` sees it. */
export async function loadQueue(
  platform: Pick<Platform, 'clock' | 'database'>,
  viewerId: string,
): Promise<Queue> {
  const jobs = await listJobs(platform, { limit: 500, notFor: viewerId });
  const releases = await lastReleases(
    platform,
    jobs.filter((job) => job.status === 'waiting').map((job) => job.id),
  );
  const now = platform.clock.now();
  const rows = jobs.map(
    (job): QueueRow => ({
      ...job,
      isMine: job.claimedBy?.id === viewerId,
      isForMe: job.reserved?.forId === viewerId,
      release: releases.get(job.id) ?? null,
    }),
  );
  return {
    mine: [...rows.filter((row) => row.isMine), ...rows.filter((row) => row.isForMe)],
    rows: rows.filter((row) => !row.isMine && !row.isForMe),
    waiting: rows.filter((row) => row.status === 'waiting').length,
    late: rows.filter((row) => row.status !== 'on_hold' && row.dueAt < now).length,
  };
}

/** In: jobs. Out: the newest event of each that is a release or a lost lease. Locks nothing. */
async function lastReleases(
  { database }: Pick<Platform, 'database'>,
  jobIds: string[],
): Promise<Map<string, Release>> {
  const { rows } = await database.pool.query<{ jobId: string; kind: string } & Release>({
    name: 'queue-releases',
    text: `
      select distinct on (e.job_id) e.job_id as "jobId", e.kind, e.reason, u.name as by, e.at
      from job_event e left join app_user u on u.id = e.user_id
      where e.job_id = any($1) order by e.job_id, e.at desc, e.id desc`,
    values: [jobIds],
  });
  return new Map(
    rows
      .filter(({ kind }) => kind === 'released' || kind === 'lease_lost')
      .map(({ jobId, kind, reason, by, at }) => [
        jobId,
        { reason: kind === 'lease_lost' ? 'left without releasing it' : reason, by, at },
      ]),
  );
}
