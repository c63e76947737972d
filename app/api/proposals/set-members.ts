import { z } from 'zod';
import { requireProposal } from '../../../proposals/get-proposal.ts';
import { setMembers } from '../../../proposals/set-members.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { memberIds, proposalDetail, toProposalDetail } from './proposal-schemas.ts';

export const setMembersEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/proposals/:id/members',
    {
      ...allow('proposal_manager', 'administrator'),
      schema: {
        ...describe('proposals', 'setProposalMembers', 'Say who may dictate into it'),
        params: idParams,
        body: z.object({ userIds: memberIds }),
        response: answers({ 200: proposalDetail }, 404),
      },
    },
    async ({ params, body: { userIds } }) => {
      await setMembers(platform, { proposalId: params.id, userIds });
      return toProposalDetail(await requireProposal(platform, params.id));
    },
  );
