import { userOf } from '../../../platform/auth/require-role.ts';
import { removeExpansion } from '../../../transcription/expansions/write-expansions.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';
import { mayCompany, TYPISTS } from './expansion-schemas.ts';

export const removeExpansionEndpoint: Endpoint = (api, platform) =>
  api.delete(
    '/expansions/:id',
    {
      ...allow(...TYPISTS),
      schema: {
        ...describe(
          'typing',
          'removeExpansion',
          'It is not typed out any more',
          'Sent again it changes nothing.',
        ),
        params: idParams,
        response: answers({ 204: noContent }, 404),
      },
    },
    async (request, reply) => {
      const user = userOf(request);
      await removeExpansion(platform, request.params.id, { actorId: user.id, mayCompany: mayCompany(user) });
      return reply.code(204).send();
    },
  );
