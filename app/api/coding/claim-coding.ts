import { userOf } from '../../../platform/auth/require-role.ts';
import { claimCoding } from '../../../transcription/coding/double/claim-coding.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { CODERS, claimed } from './coding-schemas.ts';

export const claimCodingEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/codings/claim',
    {
      ...allow(...CODERS),
      schema: {
        ...describe(
          'codebook',
          'claimCoding',
          'Take the next report to code a second time, blind',
          'Their own that is begun comes first; whoever coded or typed a report never gets it.',
        ),
        response: answers({ 200: claimed }),
      },
    },
    async (request) => ({ coding: await claimCoding(platform, { userId: userOf(request).id }) }),
  );
