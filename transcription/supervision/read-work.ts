import type pg from 'pg';
import type { Platform } from '../../platform/platform.ts';
import { AT_WORK_MS } from '../jobs/presence.ts';
import { qualificationsOf } from '../jobs/qualifications.ts';
import type { ForecastJob, ForecastPerson } from './forecast-job.ts';
import { readPaces } from './read-paces.ts';

export interface WorkingJob extends ForecastJob {
  reference: string;
  lineId: string;
  lineName: string;
  speakerName: string | null;
  urgent: boolean;
  draftCharacters: number;
  /** When its text was last saved. */
  draftAt: Date | null;
  heldReason: string | null;
  handoverNote: string | null;
  reservedForName: string | null;
  className: string | null;
  dueFixed: boolean;
}

export interface WorkingPerson extends ForecastPerson {
  /** Audio that their pace was measured on; 0: it is the usual one. */
  measuredSeconds: number;
  /** At their desk without a gap. */
  since: Date;
  /** Last took a job, or typed. */
  activeAt: Date | null;
  pausedReason: string | null;
}

interface Row extends Omit<WorkingJob, 'state' | 'reserved' | 'notFor'> {
  speakerId: string | null;
  accountId: string | null;
  status: 'waiting' | 'claimed' | 'on_hold';
  claimedById: string | null;
  claimedAt: Date | null;
  heldUntil: Date | null;
  pausedReason: string | null;
  reservedForId: string | null;
  reservedUntil: Date | null;
}

/**
 * Everything that a supervisor looks at: jobs that can be typed, in the order of the queue, who is at work and how
 * fast, and what is paused. Locks nothing.
 */
export async function readWork({ clock, database }: Pick<Platform, 'clock' | 'database'>): Promise<{
  jobs: WorkingJob[];
  people: WorkingPerson[];
  preparing: number;
}> {
  const now = clock.now();
  const { pool, prisma } = database;
  const [{ rows }, present, preparing, barred] = await Promise.all([
    pool.query<Row>({
      name: 'supervision-jobs',
      text: `
        select j.id, j.status, j.due_at as "dueAt", j.created_at as "createdAt", j.due_fixed as "dueFixed",
               coalesce(d.duration_seconds, 0) as "audioSeconds", coalesce(j.requirements, '{}') as requirements,
               j.claimed_by_id as "claimedById", j.claimed_at as "claimedAt", j.held_until as "heldUntil",
               j.held_reason as "heldReason", j.handover_note as "handoverNote",
               j.reserved_for_id as "reservedForId", j.reserved_until as "reservedUntil",
               receiver.name as "reservedForName", coalesce(own.name, usual.name) as "className",
               coalesce(job_pause.reason, line_pause.reason) as "pausedReason",
               d.reference, d.urgent, line.id as "lineId", line.name as "lineName", speaker.name as "speakerName",
               d.speaker_id as "speakerId", d.account_id as "accountId",
               coalesce(length(draft.text), 0) as "draftCharacters", draft.updated_at as "draftAt"
        from job j
        join dictation d on d.id = j.dictation_id
        join line on line.id = d.line_id
        left join app_user speaker on speaker.id = d.speaker_id
        left join app_user receiver on receiver.id = j.reserved_for_id
        left join turnaround_class own on own.id = j.turnaround_class_id
        left join turnaround_class usual on usual.id = line.turnaround_class_id
        left join pause job_pause on job_pause.job_id = j.id
        left join pause line_pause on line_pause.line_id = d.line_id
        left join draft on draft.job_id = j.id
        where j.status in ('waiting', 'claimed', 'on_hold')
        order by j.due_at, j.created_at, j.id`,
    }),
    prisma.presence.findMany({
      where: { seenAt: { gt: new Date(now.getTime() - AT_WORK_MS) }, user: { active: true } },
      select: {
        since: true,
        activeAt: true,
        user: {
          select: {
            id: true,
            name: true,
            roles: true,
            language: true,
            qualifications: true,
            paused: { select: { reason: true } },
          },
        },
      },
    }),
    prisma.job.count({ where: { status: 'preparing' } }),
    readBarred(pool),
  ]);
  const holders = new Set(rows.map((row) => row.claimedById));
  // An administrator or a supervisor looks on; they count when they type.
  const typing = present.filter(
    ({ user }) => user.roles.includes('transcriptionist') || holders.has(user.id),
  );
  const paces = await readPaces(
    pool,
    typing.map(({ user }) => user.id),
  );
  return {
    jobs: rows.map((row) => toWorkingJob(row, barred)),
    people: typing
      .map(({ since, activeAt, user }) => ({
        id: user.id,
        name: user.name,
        qualifications: qualificationsOf(user),
        pace: paces.get(user.id)?.pace ?? 1,
        measuredSeconds: paces.get(user.id)?.audioSeconds ?? 0,
        paused: user.paused !== null,
        pausedReason: user.paused?.reason ?? null,
        since,
        activeAt: lastOf(activeAt, rows.find((row) => row.claimedById === user.id)?.draftAt ?? null),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    preparing,
  };
}

function lastOf(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** People who must not have a job, by the job and by what it is about. */
interface Barred {
  byJob: ReadonlyMap<string, string[]>;
  /** Speakers, lines and accounts alike: ids are unique among them all. */
  bySubject: ReadonlyMap<string, string[]>;
}

/** In a query of its own: joined to ten thousand jobs it took longer than all the rest. */
async function readBarred(pool: pg.Pool): Promise<Barred> {
  const [excluded, conflicts] = await Promise.all([
    pool.query<{ subject: string; userId: string }>({
      name: 'supervision-excluded',
      text: `select x.job_id as subject, x.user_id as "userId" from job_exclusion x
             join job j on j.id = x.job_id and j.status in ('waiting', 'claimed', 'on_hold')`,
    }),
    pool.query<{ subject: string; userId: string }>({
      name: 'supervision-conflicts',
      text: `select coalesce(speaker_id, line_id, account_id) as subject, user_id as "userId" from typing_conflict`,
    }),
  ]);
  return { byJob: collect(excluded.rows), bySubject: collect(conflicts.rows) };
}

function collect(rows: readonly { subject: string; userId: string }[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { subject, userId } of rows) found.set(subject, [...(found.get(subject) ?? []), userId]);
  return found;
}

function toWorkingJob(row: Row, { byJob, bySubject }: Barred): WorkingJob {
  const { status, claimedById, claimedAt, heldUntil, pausedReason, reservedForId, reservedUntil, ...rest } =
    row;
  const { speakerId, accountId, ...job } = rest;
  const reserved = reservedForId && reservedUntil ? { userId: reservedForId, until: reservedUntil } : null;
  const claimed = { kind: 'claimed' as const, userId: claimedById ?? '', since: claimedAt ?? job.createdAt };
  // Whoever has a paused job may finish it.
  const state =
    status === 'claimed'
      ? claimed
      : pausedReason !== null
        ? { kind: 'paused' as const, reason: pausedReason }
        : status === 'on_hold'
          ? { kind: 'on_hold' as const, until: heldUntil }
          : { kind: 'waiting' as const };
  const about = [speakerId, accountId, job.lineId].flatMap((id) => (id ? (bySubject.get(id) ?? []) : []));
  return { ...job, reserved, state, notFor: [...new Set([...(byJob.get(job.id) ?? []), ...about])] };
}
