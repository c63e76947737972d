import type pg from 'pg';

export type OpenedContribution =
  | { kind: 'opened' }
  | { kind: 'refused'; why: 'closed' | 'not_member' | 'gone' };

/**
 * Before the caller is recorded: makes the row that the dictation belongs to, if the proposal still takes something
 * from this person. In: an id made by the caller. One statement; inserts one row, done twice it changes nothing.
 */
export async function openContribution(
  client: pg.ClientBase,
  {
    contributionId,
    sectionId,
    userId,
    now,
  }: { contributionId: string; sectionId: string; userId: string; now: Date },
): Promise<OpenedContribution> {
  const { rows } = await client.query<{ isOpen: boolean; isMember: boolean }>({
    name: 'proposals-open-contribution',
    text: `
      with place as (
        select s.id, p.closed_at is null as "isOpen", m.user_id is not null as "isMember"
        from proposal_section s
        join proposal p on p.id = s.proposal_id
        left join proposal_member m on m.proposal_id = p.id and m.user_id = $3
        where s.id = $2
      ), made as (
        insert into contribution (id, section_id, contributor_id, created_at)
        select $1, id, $3, $4 from place where "isOpen" and "isMember"
        on conflict (id) do nothing
      )
      select "isOpen", "isMember" from place`,
    values: [contributionId, sectionId, userId, now],
  });
  const place = rows[0];
  if (place === undefined) return { kind: 'refused', why: 'gone' };
  if (!place.isMember) return { kind: 'refused', why: 'not_member' };
  return place.isOpen ? { kind: 'opened' } : { kind: 'refused', why: 'closed' };
}
