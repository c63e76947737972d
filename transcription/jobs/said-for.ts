import type { Database } from '../../platform/database/database.ts';

/** What a dictation that makes no report was said for: whoever types it must know. */
export type SaidFor =
  | {
      kind: 'contribution';
      proposal: string;
      section: { number: string; title: string; guidance: string };
    }
  | { kind: 'answer'; survey: string; question: string };

/** Null for reports. */
export async function readSaidFor(
  { pool }: Pick<Database, 'pool'>,
  dictationId: string,
): Promise<SaidFor | null> {
  // In: a dictation. Out: what it, or the dictation that it types again, was said for. Locks nothing.
  const { rows } = await pool.query<{ saidFor: SaidFor | null }>({
    name: 'said-for',
    text: `
      select case
        when section.id is not null then json_build_object('kind', 'contribution', 'proposal', proposal.title,
          'section', json_build_object('number', section.number, 'title', section.title, 'guidance', section.guidance))
        when question.id is not null then json_build_object('kind', 'answer', 'survey', survey.name,
          'question', question.text) end as "saidFor"
      from dictation d
      left join dictation first on first.id = d.check_of_id
      left join contribution on contribution.id = coalesce(d.contribution_id, first.contribution_id)
      left join proposal_section section on section.id = contribution.section_id
      left join proposal on proposal.id = section.proposal_id
      left join answer on answer.id = d.answer_id
      left join survey_question question on question.id = answer.question_id
      left join survey on survey.id = question.survey_id
      where d.id = $1`,
    values: [dictationId],
  });
  return rows[0]?.saidFor ?? null;
}

/** The same in one line, for the rows of a list: an expression over a row `d` of dictation. */
export const SAID_FOR = `coalesce(
  (select section.number || ' ' || section.title || ' · ' || proposal.title
   from contribution
   join proposal_section section on section.id = contribution.section_id
   join proposal on proposal.id = section.proposal_id
   where contribution.id = coalesce(d.contribution_id,
     (select first.contribution_id from dictation first where first.id = d.check_of_id))),
  (select question.text from answer join survey_question question on question.id = answer.question_id
   where answer.id = d.answer_id))`;
