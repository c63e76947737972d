import { z } from 'zod';
import type { ProposalDetail } from '../../../proposals/get-proposal.ts';
import { id, time, timeOf } from '../api.ts';

export const outline = z
  .array(
    z.object({
      number: z.string().max(20).describe('Like 1.2; keyed on the phone as 1*2'),
      title: z.string().trim().min(1).max(300),
      guidance: z.string().max(4000).default(''),
      pageLimit: z.number().positive().nullable().default(null),
    }),
  )
  .max(500);

export const memberIds = z.array(id).max(500);

const person = z.object({ id, name: z.string() });

export const proposalRow = z.object({
  id,
  title: z.string(),
  customer: z.string(),
  dueAt: time.nullable(),
  createdAt: time,
  closedAt: time.nullable(),
  sectionCount: z.int(),
  coveredCount: z.int().describe('Sections that somebody has dictated into'),
});

export const proposalDetail = proposalRow.omit({ sectionCount: true, coveredCount: true }).extend({
  members: z.array(person),
  sections: z.array(
    z.object({
      id,
      number: z.string(),
      title: z.string(),
      guidance: z.string(),
      pageLimit: z.number().nullable(),
      parentId: id.nullable(),
      contributions: z.array(
        z.object({
          id,
          contributor: person,
          text: z.string().nullable().describe('Null until it is transcribed'),
          createdAt: time,
        }),
      ),
    }),
  ),
});

export const proposalTimes = (row: { dueAt: Date | null; createdAt: Date; closedAt: Date | null }) => ({
  dueAt: timeOf(row.dueAt),
  createdAt: row.createdAt.toISOString(),
  closedAt: timeOf(row.closedAt),
});

export function toProposalDetail(proposal: ProposalDetail): z.infer<typeof proposalDetail> {
  return {
    ...proposal,
    ...proposalTimes(proposal),
    sections: proposal.sections.map((section) => ({
      ...section,
      contributions: section.contributions.map((contribution) => ({
        ...contribution,
        createdAt: contribution.createdAt.toISOString(),
      })),
    })),
  };
}
