import type pg from 'pg';
import type { RecordingStatus } from '../../prisma/generated/client/enums.ts';
import { wasSaid } from '../was-said.ts';

/** One contribution of somebody else, as it can be heard. */
export interface ContributionToHear {
  /** From 0, oldest first; `total` of them. */
  index: number;
  total: number;
  contributor: string;
  /** ISO date of the day on which it was said, in the listener's time zone. */
  day: string;
  text: string | null;
  /** Recordings of what has no text yet, in the order in which it was said. */
  recordingIds: string[];
  /** Some of it can neither be read nor played. */
  isIncomplete: boolean;
}

interface Row {
  total: number;
  contributor: string;
  day: string;
  text: string | null;
  untyped: { recordingId: string; status: RecordingStatus }[];
}

/** Announced is enough: until it is copied it is played from the carrier. */
const isThere = ({ status }: { status: RecordingStatus }) => status === 'announced' || status === 'verified';

/** In: a section, who listens, and which contribution. Out: null when there is none at that place. Locks nothing. */
export async function contributionToHear(
  client: pg.ClientBase,
  { sectionId, userId, index }: { sectionId: string; userId: string; index: number },
): Promise<ContributionToHear | null> {
  const { rows } = await client.query<Row>({
    name: 'proposals-contribution-to-hear',
    text: `
      select count(*) over ()::int as total, u.name as contributor, c.text,
             to_char(c.created_at at time zone listener.time_zone, 'YYYY-MM-DD') as day,
             coalesce((
               select json_agg(json_build_object('recordingId', r.id, 'status', r.status)
                 order by d.started_at, d.submitted_at, d.id, r.part)
               from dictation d join recording r on r.dictation_id = d.id
               where d.contribution_id = c.id and d.status = 'submitted'
                 and not r.dropped and r.status <> 'empty'), '[]') as untyped
      from contribution c
      join app_user u on u.id = c.contributor_id
      join app_user listener on listener.id = $2
      where c.section_id = $1 and c.contributor_id <> $2 and ${wasSaid('c')}
      order by c.created_at, c.id offset $3 limit 1`,
    values: [sectionId, userId, index],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const { total, contributor, day, text, untyped } = row;
  return {
    index,
    total,
    contributor,
    day,
    text,
    recordingIds: untyped.filter(isThere).map(({ recordingId }) => recordingId),
    isIncomplete: !untyped.every(isThere),
  };
}
