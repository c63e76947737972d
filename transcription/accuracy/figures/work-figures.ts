import type { Database } from '../../../platform/database/database.ts';
import { type Cluster, type Estimate, estimateRatio } from '../statistics/intervals.ts';
import { groupRows } from './group-rows.ts';

/** How somebody works, each with its interval over jobs. Null: no job at all. */
export interface WorkFigures {
  jobs: number;
  audioMinutes: number;
  hours: number;
  audioMinutesPerHour: Estimate | null;
  /** Hours of work to an hour of audio. */
  realTimeFactor: Estimate | null;
  doubtsPerTenMinutes: Estimate | null;
}

interface JobWork {
  userId: string;
  audioSeconds: number;
  doubts: number;
  workedMs: number | null;
}

/**
 * Figures of everybody's work on the texts that they finished in a time, by person. Without answers to surveys: of those
 * nothing is kept that tells a time. Locks nothing.
 */
export async function workFigures(
  { pool }: Pick<Database, 'pool'>,
  { from, to, userId }: { from: Date; to: Date; userId?: string },
): Promise<Map<string, WorkFigures>> {
  // In: a time, perhaps a person. Out: each text finished in it, with the time that whoever finished it worked.
  const { rows } = await pool.query<JobWork>({
    name: 'accuracy-work',
    text: `
      select j.finalized_by_id as "userId", d.duration_seconds as "audioSeconds",
             (select count(*)::int from doubt_mark m where m.job_id = j.id) as doubts, j.worked_ms as "workedMs"
      from job j join dictation d on d.id = j.dictation_id
      where j.status = 'finalized' and j.finalized_at >= $1 and j.finalized_at < $2
        and ($3::uuid is null or j.finalized_by_id = $3) and j.finalized_by_id is not null
        and d.answer_id is null and d.duration_seconds > 0`,
    values: [from, to, userId ?? null],
  });
  const byUser = groupRows(rows, (row) => row.userId);
  return new Map([...byUser].map(([id, jobs]) => [id, figuresOf(jobs)]));
}

function figuresOf(jobs: readonly JobWork[]): WorkFigures {
  const worked = jobs.map(({ audioSeconds, doubts, workedMs }) => ({
    minutes: audioSeconds / 60,
    hours: (workedMs ?? 0) / 3_600_000,
    doubts,
  }));
  // A text without a sign of work (handed in by a program) would make everybody look fast.
  const typed = worked.filter(({ hours }) => hours > 0);
  const ratio = (
    of: readonly (typeof worked)[number][],
    toCluster: (job: (typeof worked)[number]) => Cluster,
  ) => estimateRatio(of.map(toCluster));
  return {
    jobs: jobs.length,
    audioMinutes: worked.reduce((sum, { minutes }) => sum + minutes, 0),
    hours: worked.reduce((sum, { hours }) => sum + hours, 0),
    audioMinutesPerHour: ratio(typed, ({ minutes, hours }) => ({ count: minutes, size: hours })),
    realTimeFactor: ratio(typed, ({ minutes, hours }) => ({ count: hours, size: minutes / 60 })),
    doubtsPerTenMinutes: ratio(worked, ({ minutes, doubts }) => ({ count: doubts, size: minutes / 10 })),
  };
}
