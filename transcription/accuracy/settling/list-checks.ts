import type { Database } from '../../../platform/database/database.ts';
import type { CheckStatus } from '../../../prisma/generated/client/enums.ts';

export interface CheckRow {
  id: string;
  status: CheckStatus;
  reference: string;
  line: string;
  speaker: string | null;
  durationSeconds: number | null;
  typedAt: Date;
  settledAt: Date | null;
  differences: number;
  decided: number;
  critical: number;
  /** This person typed one of the texts, and so can't settle it. */
  isOwn: boolean;
  /** Of the first text, when it is settled. */
  score: number | null;
}

/**
 * Checks, for whoever settles them. Those that are not typed a second time yet are not named to anybody, only counted:
 * else a list on the wall would tell typists which job is one. Locks nothing.
 */
export async function listChecks(
  { pool }: Pick<Database, 'pool'>,
  { userId, status, limit = 50 }: { userId: string; status: 'to_settle' | 'settled'; limit?: number },
): Promise<CheckRow[]> {
  const { rows } = await pool.query<CheckRow>({
    name: 'accuracy-list-checks',
    text: `
      select c.id, c.status, d.reference, line.name as line, speaker.name as speaker,
             d.duration_seconds as "durationSeconds", c.typed_at as "typedAt", c.settled_at as "settledAt",
             count(f.id)::int as differences, count(f.verdict)::int as decided,
             count(f.id) filter (where f.critical)::int as critical,
             coalesce($2 in (c.first_typist_id, c.second_typist_id), false) as "isOwn", s.score
      from accuracy_check c
      join dictation d on d.id = c.dictation_id
      join line on line.id = d.line_id
      left join app_user speaker on speaker.id = d.speaker_id
      left join check_difference f on f.check_id = c.id
      left join check_score s on s.check_id = c.id and s.side = 'first'
      where c.status = $1::check_status
      group by c.id, d.id, line.name, speaker.name, s.score
      order by coalesce(c.settled_at, '-infinity') desc, c.second_typed_at, c.id limit $3`,
    values: [status, userId, limit],
  });
  return rows;
}

/** How many checks there are in each state. Locks nothing. */
export async function countChecks({ pool }: Pick<Database, 'pool'>): Promise<Record<CheckStatus, number>> {
  const { rows } = await pool.query<{ status: CheckStatus; count: number }>(
    'select status, count(*)::int as count from accuracy_check group by status',
  );
  const counts = { sampled: 0, typing: 0, to_settle: 0, settled: 0, dropped: 0 };
  for (const { status, count } of rows) counts[status] = count;
  return counts;
}
