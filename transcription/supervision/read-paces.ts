import type pg from 'pg';

/** Of whom nothing is known yet: an hour of audio takes four. Typists' trade bodies reckon with four to five. */
export const USUAL_PACE = 0.25;
/** A pace from less audio than this is drawn towards the usual one. */
const SURE_AUDIO_SECONDS = 20 * 60;
const LOOK_BACK_JOBS = 40;
/** A spell that takes so many times as long as its audio was not typing. */
const LONGEST_FACTOR = 20;

export interface Pace {
  /** Seconds of audio a second of work. */
  pace: number;
  /** What it was measured on; 0: nothing, it is the usual one. */
  audioSeconds: number;
}

/**
 * How fast people type: audio of the jobs that they finished last, by the time in which they had them.
 *
 * In: people. Out: a pace for each. Counts each spell from taking a job to finishing or leaving it, so that a job that
 * went through three hands counts for each only while it was theirs. Locks nothing.
 */
export async function readPaces(pool: pg.Pool, userIds: readonly string[]): Promise<Map<string, Pace>> {
  const { rows } = await pool.query<{ userId: string; audio: number; work: number }>({
    name: 'supervision-paces',
    text: `
      with done as (
        select j.id, j.finalized_by_id as user_id, d.duration_seconds as audio, j.finalized_at,
               row_number() over (partition by j.finalized_by_id order by j.finalized_at desc) as place
        from job j join dictation d on d.id = j.dictation_id
        where j.status = 'finalized' and j.finalized_by_id = any($1) and d.duration_seconds > 0
      ), step as (
        select done.id, done.user_id, done.audio, e.kind, e.user_id as by_id, e.at,
               lead(e.at) over (partition by done.id order by e.at, e.id) as until
        from done join job_event e on e.job_id = done.id
          and e.kind in ('claimed', 'reclaimed', 'released', 'lease_lost', 'held', 'hold_over', 'handed_over',
                         'reassigned', 'finalized')
        where done.place <= $2
      ), spell as (
        select id, user_id, audio, sum(extract(epoch from until - at)) as work
        from step where kind in ('claimed', 'reclaimed') and by_id = user_id and until is not null
        group by id, user_id, audio
      )
      select user_id as "userId", sum(audio)::float8 as audio, sum(work)::float8 as work
      from spell where work between audio / 4 and audio * $3 group by user_id`,
    values: [userIds, LOOK_BACK_JOBS, LONGEST_FACTOR],
  });
  const measured = new Map(rows.map((row) => [row.userId, row]));
  return new Map(userIds.map((id) => [id, paceOf(measured.get(id))]));
}

/** Drawn towards the usual pace where little was measured. Pure. */
export function paceOf(measured: { audio: number; work: number } | undefined): Pace {
  if (!measured || measured.work <= 0) return { pace: USUAL_PACE, audioSeconds: 0 };
  const pace = (measured.audio + SURE_AUDIO_SECONDS) / (measured.work + SURE_AUDIO_SECONDS / USUAL_PACE);
  return { pace, audioSeconds: measured.audio };
}
