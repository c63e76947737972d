import type { Platform } from '../../platform/platform.ts';
import { AUDIO_IS_DUE, DUE_FROM, TEXT_IS_DUE } from './due.ts';

export interface Foreseen {
  lineId: string;
  audio: number;
  texts: number;
  originals: number;
}

/** In: days ahead. Out: how much of each line is going to be destroyed until then, as things stand. Locks nothing. */
export async function foreseeRetention(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  days: number,
): Promise<Map<string, Foreseen>> {
  const until = new Date(clock.now().getTime() + days * 24 * 3_600_000);
  const { rows } = await database.pool.query<Foreseen>(
    `select l.id as "lineId", coalesce(audio.count, 0)::int as audio, coalesce(texts.count, 0)::int as texts,
            (select count(*)::int from doomed_object o
             where o.line_id = l.id and o.reason = 'redaction' and o.due_at <= $1) as originals
     from line l
     left join (select d.line_id, count(*) ${DUE_FROM} where ${AUDIO_IS_DUE} group by d.line_id) audio
       on audio.line_id = l.id
     left join (select d.line_id, count(*) ${DUE_FROM} where ${TEXT_IS_DUE} group by d.line_id) texts
       on texts.line_id = l.id`,
    [until],
  );
  return new Map(rows.map((row) => [row.lineId, row]));
}
