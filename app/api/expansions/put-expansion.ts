import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { Forbidden } from '../../../platform/errors.ts';
import { putExpansion } from '../../../transcription/expansions/write-expansions.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { expansion, mayCompany, TYPISTS } from './expansion-schemas.ts';

export const putExpansionEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/expansions',
    {
      ...allow(...TYPISTS),
      schema: {
        ...describe(
          'typing',
          'putExpansion',
          'A short form and the text that is typed out for it',
          'Known already it gets the new text. The company’s are for supervisors and administrators.',
        ),
        body: z.object({
          shortForm: z.string().max(100),
          text: z.string().max(4000),
          isCompany: z.boolean().default(false),
        }),
        response: answers({ 200: expansion }),
      },
    },
    async (request) => {
      const user = userOf(request);
      const { isCompany, ...typed } = request.body;
      if (isCompany && !mayCompany(user)) throw new Forbidden('a company expansion of a typist');
      const ownership = { ownerId: isCompany ? null : user.id, actorId: user.id };
      return { ...(await putExpansion(platform, typed, ownership)), isCompany };
    },
  );
