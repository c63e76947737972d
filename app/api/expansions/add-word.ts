import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { Forbidden } from '../../../platform/errors.ts';
import { addSpellingWord } from '../../../transcription/expansions/spelling-words.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { mayCompany, TYPISTS } from './expansion-schemas.ts';

export const addWordEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/spelling-words',
    {
      ...allow(...TYPISTS),
      schema: {
        ...describe(
          'typing',
          'addSpellingWord',
          'A word that is right although no dictionary has it',
          'For myself, proposed to the company besides, or the company’s at once (supervisors and administrators).',
        ),
        body: z.object({ word: z.string().max(100), for: z.enum(['me', 'proposal', 'company']) }),
        response: answers({ 200: z.object({ word: z.string() }) }),
      },
    },
    async (request) => {
      const user = userOf(request);
      const { word, for: whom } = request.body;
      if (whom === 'company' && !mayCompany(user)) throw new Forbidden('a company word of a typist');
      const ownerId = whom === 'company' ? null : user.id;
      return {
        word: await addSpellingWord(platform, { word, ownerId, propose: whom === 'proposal' }, user.id),
      };
    },
  );
