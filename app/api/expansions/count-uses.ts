import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { countUses } from '../../../transcription/expansions/write-expansions.ts';
import { allow, answers, describe, type Endpoint, id, noContent } from '../api.ts';
import { TYPISTS } from './expansion-schemas.ts';

export const countUsesEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/expansions/uses',
    {
      ...allow(...TYPISTS),
      schema: {
        ...describe(
          'typing',
          'countExpansionUses',
          'How often short forms were used in one sitting',
          'Totals since it began: sent again, or in another order, the highest counts.',
        ),
        body: z.object({
          sittingId: id,
          uses: z.array(z.object({ id, uses: z.int().min(1).max(100_000) })).max(2_000),
        }),
        response: answers({ 204: noContent }),
      },
    },
    async (request, reply) => {
      await countUses(platform, { userId: userOf(request).id, ...request.body });
      return reply.code(204).send();
    },
  );
