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
  activeAt: Date | null;
  pausedReason: string | null;
}

interface Row extends Omit<WorkingJob, 'state' | 'reserved'> {
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
  const [{ rows }, present, preparing] = await Promise.all([
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
               coalesce(length(draft.text), 0) as "draftCharacters",
               coalesce(barred.people, '{}') as "notFor"
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
        left join lateral (
          select array_agg(each.id) as people from (
            select x.user_id::text as id from job_exclusion x where x.job_id = j.id
            union select c.user_id::text from typing_conflict c
            where c.speaker_id = d.speaker_id or c.line_id = d.line_id or c.account_id = d.account_id) each
        ) barred on true
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
    jobs: rows.map(toWorkingJob),
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
        activeAt,
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    preparing,
  };
}

function toWorkingJob({
  status,
  claimedById,
  claimedAt,
  heldUntil,
  pausedReason,
  reservedForId,
  reservedUntil,
  ...job
}: Row): WorkingJob {
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
  return { ...job, reserved, state };
}
