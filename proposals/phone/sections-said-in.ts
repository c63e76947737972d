import type pg from 'pg';

export interface SectionSaidIn {
  dictationId: string;
  number: string;
  title: string;
}

/**
 * In: a speaker. Out: the section of each contribution that is being said, on hold, or was cut off by a broken line.
 * Locks nothing.
 */
export async function sectionsSaidIn(client: pg.ClientBase, speakerId: string): Promise<SectionSaidIn[]> {
  const { rows } = await client.query<SectionSaidIn>({
    name: 'proposals-sections-said-in',
    text: `
      select d.id as "dictationId", s.number, s.title from dictation d
      join contribution c on c.id = d.contribution_id
      join proposal_section s on s.id = c.section_id
      where d.speaker_id = $1 and (d.status in ('open', 'held') or d.dropped_at is not null)`,
    values: [speakerId],
  });
  return rows;
}
