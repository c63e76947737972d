import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { saveGuide } from '../../../transcription/house-style/style-guide.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

export const putStyleGuideEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/style-guide',
    {
      ...allow('supervisor', 'administrator'),
      schema: {
        ...describe(
          'typing',
          'putStyleGuide',
          'A new version of the house style guide',
          'Names the version that it was written on; 409 when there is a newer one. The same again makes no second one.',
        ),
        body: z.object({
          text: z.string().max(200_000),
          rulesOff: z.array(z.string().max(100)).max(100).default([]),
          note: z.string().max(500).default(''),
          base: z.int().min(1),
        }),
        response: answers({ 200: z.object({ version: z.int() }) }, 409),
      },
    },
    async (request) => ({ version: await saveGuide(platform, request.body, userOf(request).id) }),
  );
