import type pg from 'pg';
import {
  type Nearby,
  nearby,
  type OutlineEntry,
  type OutlineMove,
  sectionAfter,
  walkOutline,
} from '../outline-walk.ts';
import { wasSaid } from '../was-said.ts';

/** A section as a caller needs it. */
export interface SectionToCall extends OutlineEntry {
  guidance: string;
  /** The one after it in the document. */
  next: { number: string; title: string } | null;
  /** Contributions of other people. */
  others: number;
}

export type FoundSection = { kind: 'section'; section: SectionToCall } | { kind: 'missing'; nearby: Nearby };

/** In: a proposal. Out: its outline in the order of the document. Locks nothing. */
async function loadOutline(client: pg.ClientBase, proposalId: string): Promise<OutlineEntry[]> {
  const { rows } = await client.query<OutlineEntry>({
    name: 'proposals-outline',
    text: 'select id, number, title from proposal_section where proposal_id = $1 order by position, id',
    values: [proposalId],
  });
  return rows;
}

/** In: a section number and who calls. Out: the section, or what there is near it. Locks nothing; one round trip. */
export async function findSection(
  client: pg.ClientBase,
  { proposalId, number, userId }: { proposalId: string; number: string; userId: string },
): Promise<FoundSection> {
  const [outline, { rows }] = await Promise.all([
    loadOutline(client, proposalId),
    client.query<{ id: string; guidance: string; others: number }>({
      name: 'proposals-section',
      text: `
        select s.id, s.guidance, (
          select count(*)::int from contribution c
          where c.section_id = s.id and c.contributor_id <> $3 and ${wasSaid('c')}) as others
        from proposal_section s where s.proposal_id = $1 and s.number = $2`,
      values: [proposalId, number, userId],
    }),
  ]);
  const entry = outline.find((each) => each.number === number);
  const more = rows[0];
  if (entry === undefined || more === undefined) return { kind: 'missing', nearby: nearby(outline, number) };
  const after = sectionAfter(outline, number);
  const next = after && { number: after.number, title: after.title };
  return { kind: 'section', section: { ...entry, ...more, next } };
}

/** Where the caller stands in the outline. */
export interface OutlinePlace extends OutlineEntry {
  /** False: there is nothing that way, so this is where the caller was. */
  moved: boolean;
}

/**
 * In: where the caller stands (null: nowhere yet) and the way to go. Out: where that leads; null when the outline has
 * become empty. A section that was taken away meanwhile leads back to the first. Locks nothing.
 */
export async function moveInOutline(
  client: pg.ClientBase,
  { proposalId, from, move }: { proposalId: string; from: string | null; move: OutlineMove },
): Promise<OutlinePlace | null> {
  const outline = await loadOutline(client, proposalId);
  const here = outline.find(({ number }) => number === from);
  if (here === undefined) return outline[0] ? { ...outline[0], moved: true } : null;
  const there = walkOutline(outline, here.number, move);
  return there ? { ...there, moved: true } : { ...here, moved: false };
}
