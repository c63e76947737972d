import { z } from 'zod';
import { createProposal } from '../../../proposals/create-proposal.ts';
import { allow, answers, describe, type Endpoint, ownId, time } from '../api.ts';
import { memberIds, outline, proposalDetail, toProposalDetail } from './proposal-schemas.ts';

const body = z.object({
  id: ownId,
  title: z.string().trim().min(1).max(300),
  customer: z.string().trim().max(300).default(''),
  dueAt: time.nullable().default(null),
  sections: outline.default([]),
  memberIds: memberIds.default([]),
});

export const createProposalEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/proposals',
    {
      ...allow('proposal_manager', 'administrator'),
      schema: {
        ...describe('proposals', 'createProposal', 'Create a proposal with its outline and contributors'),
        body,
        response: answers({ 201: proposalDetail }),
      },
    },
    async ({ body: { dueAt, ...content } }, reply) => {
      const proposal = await createProposal(platform, { ...content, dueAt: dueAt ? new Date(dueAt) : null });
      return reply.code(201).send(toProposalDetail(proposal));
    },
  );
