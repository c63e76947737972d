import type pg from 'pg';
import type { ProposalToCall } from './find-proposals.ts';
import { findSection, type SectionToCall } from './find-section.ts';

/** In: a contribution and who calls. Out: where it belongs; nulls when it is not theirs. Locks nothing. */
export async function findPlace(
  client: pg.ClientBase,
  { contributionId, userId }: { contributionId: string; userId: string },
): Promise<{ proposal: ProposalToCall | null; section: SectionToCall | null }> {
  const { rows } = await client.query<ProposalToCall & { number: string }>({
    name: 'proposals-place',
    text: `
      select p.id, p.title, s.number from contribution c
      join proposal_section s on s.id = c.section_id
      join proposal p on p.id = s.proposal_id
      where c.id = $1 and c.contributor_id = $2`,
    values: [contributionId, userId],
  });
  const [place] = rows;
  if (place === undefined) return { proposal: null, section: null };
  const { number, ...proposal } = place;
  const found = await findSection(client, { proposalId: proposal.id, number, userId });
  return { proposal, section: found.kind === 'section' ? found.section : null };
}
