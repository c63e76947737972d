import type pg from 'pg';

export interface ProposalToCall {
  id: string;
  title: string;
}

/** Whom a caller may contribute to. */
export type FoundProposals =
  | { kind: 'open'; proposals: ProposalToCall[] }
  /** The line's proposal takes nothing more, or not from this person, or has no sections yet. */
  | { kind: 'closed' | 'not_member' | 'no_outline'; title: string }
  /** The line names none, and the person is no contributor of any that is open. */
  | { kind: 'none' };

interface ProposalRow extends ProposalToCall {
  ofLine: boolean;
  isClosed: boolean;
  isMember: boolean;
  hasOutline: boolean;
}

/**
 * In: the line called and who calls. Out: the line's proposal, or where it names none the open ones that the person
 * is a member of, the most pressing first. Locks nothing.
 */
export async function findProposals(
  client: pg.ClientBase,
  { lineId, userId }: { lineId: string; userId: string },
): Promise<FoundProposals> {
  const { rows } = await client.query<ProposalRow>({
    name: 'proposals-of-caller',
    text: `
      select p.id, p.title, l.proposal_id is not null as "ofLine", p.closed_at is not null as "isClosed",
             m.user_id is not null as "isMember",
             exists (select from proposal_section s where s.proposal_id = p.id) as "hasOutline"
      from line l
      join proposal p on p.id = l.proposal_id or (l.proposal_id is null and p.closed_at is null)
      left join proposal_member m on m.proposal_id = p.id and m.user_id = $2
      where l.id = $1 and (l.proposal_id is not null or m.user_id is not null)
      order by p.due_at nulls last, p.created_at, p.id`,
    values: [lineId, userId],
  });
  return judgeProposals(rows);
}

export function judgeProposals(rows: readonly ProposalRow[]): FoundProposals {
  const usable = rows.filter((row) => row.isMember && !row.isClosed && row.hasOutline);
  if (usable.length > 0) return { kind: 'open', proposals: usable.map(({ id, title }) => ({ id, title })) };
  const [first] = rows;
  if (first === undefined) return { kind: 'none' };
  const { title } = first;
  // Whether a proposal is closed is none of a stranger's business.
  if (!first.isMember) return { kind: 'not_member', title };
  return { kind: first.isClosed ? 'closed' : 'no_outline', title };
}
