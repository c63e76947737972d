import type { Platform } from '../../platform/platform.ts';
import { AT_WORK_MS } from './presence.ts';
import { qualificationsOf } from './qualifications.ts';

export interface PossibleTypist {
  id: string;
  name: string;
  atWork: boolean;
}

/** Who could be handed this job, those at work first. Nobody is named who may not have it. */
export async function whoMayTake(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  jobId: string,
): Promise<PossibleTypist[]> {
  const { prisma, pool } = database;
  const people = await prisma.user.findMany({
    where: { active: true, system: false, roles: { hasSome: ['transcriptionist', 'administrator'] } },
    orderBy: { name: 'asc' },
    select: {
      id: true,
      name: true,
      language: true,
      qualifications: true,
      presence: { select: { seenAt: true } },
    },
  });
  // In: a job. Out: what it asks for and who must not have it. Locks nothing.
  const { rows } = await pool.query<{ requirements: string[]; not: string[] }>({
    name: 'jobs-who-may-not',
    text: `
      select coalesce(j.requirements, '{}') as requirements, array(
        select x.user_id::text from job_exclusion x where x.job_id = j.id
        union select c.user_id::text from typing_conflict c
        where c.speaker_id = d.speaker_id or c.line_id = d.line_id or c.account_id = d.account_id) as "not"
      from job j join dictation d on d.id = j.dictation_id where j.id = $1`,
    values: [jobId],
  });
  const [job] = rows;
  if (!job) return [];
  const since = clock.now().getTime() - AT_WORK_MS;
  return people
    .filter((person) => !job.not.includes(person.id))
    .filter((person) => job.requirements.every((each) => qualificationsOf(person).includes(each)))
    .map(({ id, name, presence }) => ({ id, name, atWork: (presence?.seenAt.getTime() ?? 0) >= since }))
    .sort((a, b) => Number(b.atWork) - Number(a.atWork));
}
