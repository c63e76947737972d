import { z } from 'zod';
import { requireProposal } from '../../../proposals/get-proposal.ts';
import { updateProposal } from '../../../proposals/update-proposal.ts';
import { allow, answers, describe, type Endpoint, idParams, time } from '../api.ts';
import { proposalDetail, toProposalDetail } from './proposal-schemas.ts';

const body = z.object({
  title: z.string().trim().min(1).max(300).optional(),
  customer: z.string().trim().max(300).optional(),
  dueAt: time.nullable().optional(),
  closed: z.boolean().optional().describe('True: takes no more contributions'),
});

export const updateProposalEndpoint: Endpoint = (api, platform) =>
  api.patch(
    '/proposals/:id',
    {
      ...allow('proposal_manager', 'administrator'),
      schema: {
        ...describe('proposals', 'updateProposal', 'Change what is given, leave the rest'),
        params: idParams,
        body,
        response: answers({ 200: proposalDetail }, 404),
      },
    },
    async ({ params, body: { dueAt, ...change } }) => {
      const due = dueAt === undefined ? {} : { dueAt: dueAt === null ? null : new Date(dueAt) };
      await updateProposal(platform, params.id, { ...change, ...due });
      return toProposalDetail(await requireProposal(platform, params.id));
    },
  );
