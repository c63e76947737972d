import { deleteProposal } from '../../../proposals/delete-proposal.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

export const deleteProposalEndpoint: Endpoint = (api, platform) =>
  api.delete(
    '/proposals/:id',
    {
      ...allow('proposal_manager', 'administrator'),
      schema: {
        ...describe('proposals', 'deleteProposal', 'Delete a proposal that nobody has dictated into'),
        params: idParams,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async ({ params }, reply) => {
      await deleteProposal(platform, params.id);
      return reply.code(204).send();
    },
  );
