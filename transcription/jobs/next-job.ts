import type pg from 'pg';
import { IS_PAUSED, isExcluded, isInConflict, isReservedForAnother, isSetAside, meets } from './may-take.ts';
import type { Typist } from './typist.ts';

const MAY_BE_NEXT = `
  from job j join dictation d on d.id = j.dictation_id
  where j.status = 'waiting' and ${meets('$2')}
    and not ${isExcluded('$1')} and not ${isInConflict('$1')} and not ${IS_PAUSED}`;

/**
 * In: a person. Out: the job that is theirs to do next, locked; jobs that others are claiming are skipped. First what
 * was handed over to them, then what is due first, then what is older. Walks the index on (status, due_at, created_at)
 * until something fits (bench/queue.ts).
 */
const NEXT = `
  with handed_over as (
    select j.id ${MAY_BE_NEXT} and j.reserved_for_id = $1 and j.reserved_until > $3
    order by j.due_at, j.created_at, j.id limit 1 for update of j skip locked
  ), due as (
    select j.id ${MAY_BE_NEXT} and not ${isReservedForAnother('$1', '$3')} and not ${isSetAside('$1', '$3')}
      and not exists (select from handed_over)
    order by j.due_at, j.created_at, j.id limit 1 for update of j skip locked
  )
  select id from handed_over union all select id from due`;

export async function lockNext(
  client: pg.ClientBase,
  { id, qualifications }: Pick<Typist, 'id' | 'qualifications'>,
  now: Date,
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>({
    name: 'jobs-lock-next',
    text: NEXT,
    values: [id, qualifications, now],
  });
  return rows[0]?.id ?? null;
}
