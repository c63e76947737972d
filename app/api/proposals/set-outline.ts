import { z } from 'zod';
import { requireProposal } from '../../../proposals/get-proposal.ts';
import { setOutline } from '../../../proposals/set-outline.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { outline, proposalDetail, toProposalDetail } from './proposal-schemas.ts';

export const setOutlineEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/proposals/:id/outline',
    {
      ...allow('proposal_manager', 'administrator'),
      schema: {
        ...describe(
          'proposals',
          'setProposalOutline',
          'Replace the outline',
          'Sections are known by their numbers and keep what was dictated into them. A section that holds contributions can not be left out (409).',
        ),
        params: idParams,
        body: z.object({ sections: outline }),
        response: answers({ 200: proposalDetail }, 404, 409),
      },
    },
    async ({ params, body: { sections } }) => {
      await setOutline(platform, { proposalId: params.id, sections });
      return toProposalDetail(await requireProposal(platform, params.id));
    },
  );
