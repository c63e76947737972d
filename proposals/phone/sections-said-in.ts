import type pg from 'pg';

export interface SectionSaidIn {
  dictationId: string;
  number: string;
  title: string;
}

/** In: dictations. Out: the section that each belongs to; those of no section are left out. Locks nothing. */
export async function sectionsSaidIn(
  client: pg.ClientBase,
  dictationIds: readonly string[],
): Promise<SectionSaidIn[]> {
  const { rows } = await client.query<SectionSaidIn>({
    name: 'proposals-sections-said-in',
    text: `
      select d.id as "dictationId", s.number, s.title from dictation d
      join contribution c on c.id = d.contribution_id
      join proposal_section s on s.id = c.section_id
      where d.id = any($1::uuid[])`,
    values: [dictationIds],
  });
  return rows;
}
