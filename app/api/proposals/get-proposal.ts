import { requireProposal } from '../../../proposals/get-proposal.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { proposalDetail, toProposalDetail } from './proposal-schemas.ts';

export const getProposalEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/proposals/:id',
    {
      ...allow('proposal_manager', 'manager', 'administrator'),
      schema: {
        ...describe('proposals', 'getProposal', 'A proposal with outline, contributors and contributions'),
        params: idParams,
        response: answers({ 200: proposalDetail }, 404),
      },
    },
    async ({ params }) => toProposalDetail(await requireProposal(platform, params.id)),
  );
