import { z } from 'zod';
import { listProposals } from '../../../proposals/list-proposals.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { nextCursor, pageOf, pageQuery, readMadeCursor } from '../paging.ts';
import { proposalRow, proposalTimes } from './proposal-schemas.ts';

export const listProposalsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/proposals',
    {
      ...allow('proposal_manager', 'manager', 'administrator'),
      schema: {
        ...describe('proposals', 'listProposals', 'Proposals, newest first'),
        querystring: pageQuery,
        response: answers({ 200: z.object({ proposals: z.array(proposalRow), nextCursor }) }),
      },
    },
    async ({ query: { limit, cursor } }) => {
      const before = readMadeCursor(cursor);
      const rows = await listProposals(platform, { limit: limit + 1, before });
      const { page, nextCursor } = pageOf(rows, limit, ({ id, createdAt }) => [createdAt.toISOString(), id]);
      return { proposals: page.map((row) => ({ ...row, ...proposalTimes(row) })), nextCursor };
    },
  );
