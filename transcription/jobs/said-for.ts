import type { Database } from '../../platform/database/database.ts';

/** What a dictation that makes no report was said for: whoever types it must know. */
export type SaidFor =
  | {
      kind: 'contribution';
      proposal: string;
      section: { number: string; title: string; guidance: string };
    }
  | { kind: 'answer'; survey: string; question: string };

/** Null for reports. Locks nothing. */
export async function readSaidFor(
  { prisma }: Pick<Database, 'prisma'>,
  dictationId: string,
): Promise<SaidFor | null> {
  const contribution = {
    select: {
      section: {
        select: { number: true, title: true, guidance: true, proposal: { select: { title: true } } },
      },
    },
  } as const;
  const dictation = await prisma.dictation.findUnique({
    where: { id: dictationId },
    select: {
      contribution,
      checkOf: { select: { contribution } },
      answer: { select: { question: { select: { text: true, survey: { select: { name: true } } } } } },
    },
  });
  // A second typing is said for what the first was.
  const contributed = dictation?.contribution ?? dictation?.checkOf?.contribution;
  if (contributed) {
    const { proposal, ...section } = contributed.section;
    return { kind: 'contribution', proposal: proposal.title, section };
  }
  if (dictation?.answer) {
    const { text, survey } = dictation.answer.question;
    return { kind: 'answer', survey: survey.name, question: text };
  }
  return null;
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
