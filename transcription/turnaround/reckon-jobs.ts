import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { baseLanguage } from '../jobs/qualifications.ts';
import { readCalendar } from './company-calendar.ts';
import { type CompanyCalendar, dueBy } from './due-rule.ts';
import { type ClassRow, ruleOf } from './turnaround-class.ts';

/** Open jobs to look at: one, those of a line, a speaker or an account, or all. */
export type WhichJobs =
  | { jobId: string }
  | { lineId: string }
  | { speakerId: string }
  | { accountId: string }
  | 'all';

interface OpenJob {
  id: string;
  status: string;
  dueAt: Date;
  dueFixed: boolean;
  requirements: string[] | null;
  ownRequirements: string[] | null;
  classId: string | null;
  saidAt: Date;
  urgent: boolean;
  turnaroundMinutes: number;
  lineClassId: string | null;
  lineLanguage: string;
  speakerLanguage: string | null;
  lineRequirements: string[] | null;
  accountRequirements: string[] | null;
  speakerRequirements: string[] | null;
}

/**
 * Reckons anew when open jobs are due and what they ask of a person, after something that either follows from has
 * changed. A due time that a person has set stays.
 *
 * In: which jobs. Out: ids of those that changed, for `tellReckoned`. Locks those jobs' rows, in the order of their
 * ids, until the caller's transaction ends. Done twice it changes nothing.
 */
export async function reckonJobs(tx: Tx, which: WhichJobs): Promise<string[]> {
  const [column, id] = conditionOf(which);
  const jobs = await tx.$queryRawUnsafe<OpenJob[]>(
    `select j.id, j.status::text, j.due_at as "dueAt", j.due_fixed as "dueFixed", j.requirements,
            j.own_requirements as "ownRequirements", j.turnaround_class_id as "classId",
            coalesce(d.submitted_at, j.created_at) as "saidAt", d.urgent,
            line.turnaround_minutes as "turnaroundMinutes", line.turnaround_class_id as "lineClassId",
            line.language as "lineLanguage", speaker.language as "speakerLanguage",
            line.requirements as "lineRequirements", account.requirements as "accountRequirements",
            speaker.requirements as "speakerRequirements"
     from job j
     join dictation d on d.id = j.dictation_id
     join line on line.id = d.line_id
     left join app_user speaker on speaker.id = d.speaker_id
     left join account on account.id = d.account_id
     where j.status in ('preparing', 'waiting', 'claimed', 'on_hold') and ${column}
     order by j.id for update of j`,
    ...(id === null ? [] : [id]),
  );
  if (jobs.length === 0) return [];
  const [classes, calendar] = await Promise.all([tx.turnaroundClass.findMany(), readCalendar(tx)]);
  const changed = jobs.flatMap((job) => {
    const dueAt = job.dueFixed ? job.dueAt : dueOfJob(job, classes, calendar);
    const requirements = requirementsOf(job);
    const same =
      dueAt.getTime() === job.dueAt.getTime() && requirements.join() === (job.requirements ?? []).join();
    return same ? [] : [{ id: job.id, due_at: dueAt.toISOString(), requirements }];
  });
  await tx.$executeRawUnsafe(
    `update job set due_at = new.due_at, requirements = new.requirements
     from jsonb_to_recordset($1::jsonb) as new(id uuid, due_at timestamptz, requirements text[])
     where job.id = new.id`,
    JSON.stringify(changed),
  );
  return changed.map((job) => job.id);
}

function conditionOf(which: WhichJobs): [string, string | null] {
  if (which === 'all') return ['true', null];
  if ('jobId' in which) return ['j.id = $1::uuid', which.jobId];
  if ('lineId' in which) return ['d.line_id = $1::uuid', which.lineId];
  if ('speakerId' in which) return ['d.speaker_id = $1::uuid', which.speakerId];
  return ['d.account_id = $1::uuid', which.accountId];
}

/** By the job's own class, or as its line says, or sooner where it is urgent. */
function dueOfJob(job: OpenJob, classes: readonly ClassRow[], calendar: CompanyCalendar): Date {
  const byId = (id: string | null) => (id === null ? undefined : classes.find((each) => each.id === id));
  const own = byId(job.classId);
  if (own) return dueBy(ruleOf(own), job.saidAt, calendar);
  const ofLine = byId(job.lineClassId);
  const usual = dueBy(
    ofLine ? ruleOf(ofLine) : { kind: 'after', minutes: job.turnaroundMinutes },
    job.saidAt,
    calendar,
  );
  const urgent = job.urgent ? classes.find(({ key }) => key === 'urgent') : undefined;
  if (!urgent) return usual;
  const soon = dueBy(ruleOf(urgent), job.saidAt, calendar);
  return soon < usual ? soon : usual;
}

/** What whoever types it must meet: the language, and what line, account, speaker and the job itself ask for. */
function requirementsOf(job: OpenJob): string[] {
  const own = job.ownRequirements ?? [];
  // The language that turned out to be spoken stands in place of the one that was to be expected.
  const language = own.some(isLanguage)
    ? []
    : [`language:${baseLanguage(job.speakerLanguage ?? job.lineLanguage)}`];
  const asked = [job.lineRequirements, job.accountRequirements, job.speakerRequirements, own];
  return [...new Set([...language, ...asked.flatMap((list) => list ?? [])])].sort();
}

const isLanguage = (requirement: string) => requirement.startsWith('language:');

/** Whoever looks at the queue looks again; holders of the jobs are told each. */
export async function tellReckoned(
  { database, events }: Pick<Platform, 'database' | 'events'>,
  jobIds: readonly string[],
): Promise<void> {
  if (jobIds.length === 0) return;
  const held = await database.prisma.job.findMany({
    where: { id: { in: [...jobIds] }, status: 'claimed' },
    select: { id: true },
  });
  const told = held.length > 0 ? held.map(({ id }) => id) : jobIds.slice(0, 1);
  for (const jobId of told) await events.publish('job.changed', { jobId });
}
