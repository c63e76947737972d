import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { settleCheck, settleInput } from '../../../transcription/accuracy/settling/settle-check.ts';
import { createFinalizeHooks } from '../../finalize-hooks.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { REVIEWERS } from './accuracy-schemas.ts';

/** `POST /accuracy/checks/:id/settle` */
export const settleCheckEndpoint: Endpoint = (api, platform) => {
  const hooks = createFinalizeHooks(platform);
  return api.post(
    '/accuracy/checks/:id/settle',
    {
      ...allow(...REVIEWERS),
      schema: {
        ...describe(
          'accuracy',
          'settleCheck',
          'All is decided: score both texts',
          'The settled text becomes the version in force. Sent twice it changes nothing.',
        ),
        params: idParams,
        body: settleInput,
        response: answers(
          {
            200: z.object({
              scores: z.array(z.object({ side: z.enum(['first', 'second']), score: z.number() })),
              isCorrected: z.boolean(),
            }),
          },
          404,
          409,
        ),
      },
    },
    async (request) =>
      settleCheck(platform, hooks, {
        ...request.body,
        checkId: request.params.id,
        userId: userOf(request).id,
      }),
  );
};
