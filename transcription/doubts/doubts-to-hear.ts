import type pg from 'pg';
import type { DoubtKind } from '../../prisma/generated/client/enums.ts';

/** A passage that its speaker is asked to say again. */
export interface DoubtToHear {
  doubtId: string;
  kind: DoubtKind;
  /** Of the dictation that the passage stands in; the clip to play, with some seconds around it. */
  dictationId: string;
  fromMs: number;
  toMs: number;
  /** What the report is about; null when that isn't known (yet). */
  account: string | null;
  /** The day of the report, YYYY-MM-DD, where the speaker lives. */
  day: string;
}

/** Heard before and behind the passage, so that the speaker knows where in the report it is. */
const AROUND_MS = 2_000;
/** A passage without an end, and the longest that is played: the middle of a long one tells no more. */
const BREATH_MS = 3_000;
const LONGEST_MS = 20_000;
/** Asked in one call; more would keep a rep from what they called for. */
const AT_ONCE = 3;

/**
 * In: a speaker. Out: passages to say again, those asked first first; not those whose answer is on its way. One
 * statement; locks nothing.
 */
export async function doubtsToHear(
  client: pg.ClientBase | pg.Pool,
  speakerId: string,
): Promise<DoubtToHear[]> {
  const { rows } = await client.query<DoubtToHear>({
    name: 'doubts-to-hear',
    text: `
      select m.id as "doubtId", m.kind, d.id as "dictationId",
             greatest(0, m.audio_ms - $2::int) as "fromMs",
             least((d.duration_seconds * 1000)::int, m.audio_ms + $2::int
               + least($4::int, greatest(0, coalesce(m.audio_end_ms - m.audio_ms, $3::int)))) as "toMs",
             a.name as account, to_char(d.started_at at time zone u.time_zone, 'YYYY-MM-DD') as day
      from doubt_mark m
      join job j on j.id = m.job_id
      join dictation d on d.id = j.dictation_id
      join app_user u on u.id = d.speaker_id
      left join report r on r.dictation_id = d.id
      left join account a on a.id = coalesce(r.account_id, d.account_id)
      where d.speaker_id = $1 and m.asked_at is not null and m.answered_at is null and m.resolved_at is null
        and j.status <> 'closed' and d.audio_key is not null
        -- Nobody is asked again for what is only typed a second time.
        and d.check_of_id is null
        and not exists (select from dictation said where said.doubt_id = m.id and said.audio_key is null
                        and said.status in ('open', 'held', 'submitted'))
      order by m.asked_at, m.id limit $5`,
    values: [speakerId, AROUND_MS, BREATH_MS, LONGEST_MS, AT_ONCE],
  });
  return rows;
}

/**
 * The speaker doesn't know any more. In: a doubt and who was asked. Out: whether it was open until now (then wake
 * `tell-answered`). Changes one row; done twice, or by somebody else, it changes nothing.
 */
export async function giveUpDoubt(
  client: pg.ClientBase | pg.Pool,
  { doubtId, speakerId, now }: { doubtId: string; speakerId: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'doubts-give-up',
    text: `
      update doubt_mark m set answered_at = $3 from job j, dictation d
      where m.id = $1 and j.id = m.job_id and d.id = j.dictation_id and d.speaker_id = $2
        and m.asked_at is not null and m.answered_at is null`,
    values: [doubtId, speakerId, now],
  });
  return rowCount === 1;
}
