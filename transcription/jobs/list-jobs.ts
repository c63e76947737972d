import { z } from 'zod';
import type { Platform } from '../../platform/platform.ts';
import type { JobStatus, LinePurpose } from '../../prisma/generated/client/enums.ts';
import { SAID_FOR } from './said-for.ts';

export const listJobsQuery = z.object({
  /** One status, or several separated by commas; absent: all that is not done. */
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(['preparing', 'waiting', 'claimed', 'on_hold', 'finalized', 'closed'])))
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

export interface JobRow {
  id: string;
  status: JobStatus;
  dueAt: Date;
  createdAt: Date;
  ageSeconds: number;
  requirements: string[];
  closeCode: string | null;
  claimedBy: { id: string; name: string } | null;
  leaseExpiresAt: Date | null;
  draftCharacters: number;
  dictation: {
    id: string;
    reference: string;
    startedAt: Date;
    urgent: boolean;
    durationSeconds: number | null;
  };
  speaker: { id: string; name: string; territory: string | null; region: string | null } | null;
  line: { id: string; name: string; purpose: LinePurpose };
  /** On hold until then; null while on hold: until the speaker has answered. */
  heldUntil: Date | null;
  heldReason: string | null;
  /** Handed over to somebody who has it first until then. */
  reserved: { forId: string; forName: string; until: Date; by: string | null; note: string | null } | null;
  /** Why it, or its line, is paused; null: it is not. */
  pausedReason: string | null;
  /** Unclear passages that nobody has settled. */
  openDoubts: number;
  /** Reference of the finished report of which this says an unclear passage again. */
  answerTo: string | null;
  /** The section or the question that it was said for; null for reports. */
  saidFor: string | null;
}

const OPEN: JobStatus[] = ['preparing', 'waiting', 'claimed', 'on_hold'];

/** Jobs in the order of the queue: what is due first, then what is older. */
export async function listJobs(
  platform: Pick<Platform, 'clock' | 'database'>,
  {
    status,
    limit = 200,
    notFor,
  }: {
    status?: readonly JobStatus[] | undefined;
    limit?: number;
    /** Leaves out what this person must not know of: they typed it before. */
    notFor?: string;
  } = {},
): Promise<JobRow[]> {
  const now = platform.clock.now().getTime();
  // In: statuses, time, and for whom. Out: rows for the screen, by the index on (status, due_at, created_at). Locks nothing.
  const { rows } = await platform.database.pool.query<Omit<JobRow, 'ageSeconds'>>({
    name: 'jobs-list',
    text: `
      select j.id, j.status, j.due_at as "dueAt", j.created_at as "createdAt", j.requirements,
             j.close_code as "closeCode", j.lease_expires_at as "leaseExpiresAt",
             coalesce(length(draft.text), 0) as "draftCharacters",
             j.held_until as "heldUntil", j.held_reason as "heldReason",
             case when j.reserved_until > $3
               then json_build_object('forId', receiver.id, 'forName', receiver.name, 'until', j.reserved_until,
                                      'by', giver.name, 'note', j.handover_note) end as reserved,
             coalesce(job_pause.reason, line_pause.reason) as "pausedReason",
             case when holder.id is not null
               then json_build_object('id', holder.id, 'name', holder.name) end as "claimedBy",
             case when speaker.id is not null
               then json_build_object('id', speaker.id, 'name', speaker.name, 'territory', speaker.territory,
                                      'region', speaker.region) end as speaker,
             (select count(*)::int from doubt_mark m where m.job_id = j.id and m.resolved_at is null) as "openDoubts",
             (select said.reference from doubt_mark m join job on job.id = m.job_id
              join dictation said on said.id = job.dictation_id where m.id = d.doubt_id) as "answerTo",
             ${SAID_FOR} as "saidFor",
             json_build_object('id', line.id, 'name', line.name, 'purpose', line.purpose) as line,
             json_build_object('id', d.id, 'reference', d.reference, 'startedAt', d.started_at,
                               'urgent', d.urgent, 'durationSeconds', d.duration_seconds) as dictation
      from job j
      join dictation d on d.id = j.dictation_id
      join line on line.id = d.line_id
      left join draft on draft.job_id = j.id
      left join app_user speaker on speaker.id = d.speaker_id
      left join app_user holder on holder.id = j.claimed_by_id and j.status = 'claimed'
      left join app_user receiver on receiver.id = j.reserved_for_id
      left join app_user giver on giver.id = j.reserved_by_id
      left join pause job_pause on job_pause.job_id = j.id
      left join pause line_pause on line_pause.line_id = d.line_id
      where j.status = any($1::job_status[])
        and not exists (select from job_exclusion x where x.job_id = j.id and x.user_id = $4)
      order by j.due_at, j.created_at, j.id limit $2`,
    values: [status ?? OPEN, limit, new Date(now), notFor ?? null],
  });
  return rows.map((row) => ({
    ...row,
    dictation: { ...row.dictation, startedAt: new Date(row.dictation.startedAt) },
    reserved: row.reserved && { ...row.reserved, until: new Date(row.reserved.until) },
    ageSeconds: Math.max(0, Math.round((now - row.createdAt.getTime()) / 1000)),
  }));
}

/** A job's history, the oldest first. */
export async function readJobHistory(
  platform: Pick<Platform, 'database'>,
  jobId: string,
): Promise<{ kind: string; reason: string | null; at: Date; userName: string | null }[]> {
  const events = await platform.database.prisma.jobEvent.findMany({
    where: { jobId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { user: { select: { name: true } } },
  });
  return events.map(({ kind, reason, at, user }) => ({ kind, reason, at, userName: user?.name ?? null }));
}
