import type pg from 'pg';

export interface GroupCount {
  groupKey: string;
  invited: number;
  finished: number;
}

export interface Participation {
  /** Null when fewer than the survey's minimum were invited. */
  overall: Rate | null;
  /** Only groups that may be shown, by name. */
  groups: (Rate & { groupKey: string })[];
}

export interface Rate {
  invited: number;
  /** Whole percent: a finer figure would count people. */
  percent: number;
}

function rateOf({ invited, finished }: Omit<GroupCount, 'groupKey'>): Rate {
  return { invited, percent: Math.round((100 * finished) / invited) };
}

/**
 * Participation as rates. A group below `minimum` is left out; so that it can't be had by subtracting the others
 * from the whole, the next smallest go with it until what is hidden together reaches the minimum.
 */
export function participationOf(counts: GroupCount[], minimum: number): Participation {
  const bySize = counts
    .filter(({ invited }) => invited > 0)
    .sort((a, b) => a.invited - b.invited || a.groupKey.localeCompare(b.groupKey));
  const total = bySize.reduce(
    (sum, { invited, finished }) => ({ invited: sum.invited + invited, finished: sum.finished + finished }),
    { invited: 0, finished: 0 },
  );
  if (total.invited === 0 || total.invited < minimum) return { overall: null, groups: [] };
  let hidden = 0;
  let hiddenPeople = 0;
  for (const { invited } of bySize) {
    if (invited >= minimum && (hidden === 0 || hiddenPeople >= minimum)) break;
    hidden += 1;
    hiddenPeople += invited;
  }
  const groups = bySize
    .slice(hidden)
    .map((group) => ({ groupKey: group.groupKey, ...rateOf(group) }))
    .sort((a, b) => a.groupKey.localeCompare(b.groupKey));
  return { overall: rateOf(total), groups };
}

/** In: a survey. Out: how many were invited and finished, of batches that were not revoked. Locks nothing. */
export async function readParticipation(
  client: pg.Pool | pg.ClientBase,
  survey: { id: string; minimumGroup: number },
): Promise<Participation> {
  const { rows } = await client.query<GroupCount>({
    name: 'survey-participation',
    text: `
      SELECT b.group_key AS "groupKey", count(*)::int AS invited,
             count(*) FILTER (WHERE i.finished)::int AS finished
      FROM invitation_batch b JOIN invitation i ON i.batch_id = b.id
      WHERE b.survey_id = $1 AND b.revoked_at IS NULL
      GROUP BY b.group_key`,
    values: [survey.id],
  });
  return participationOf(rows, survey.minimumGroup);
}
