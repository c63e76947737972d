import { userOf } from '../../../platform/auth/require-role.ts';
import { readCheck } from '../../../transcription/accuracy/settling/read-check.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { checkSchema, REVIEWERS, toCheck } from './accuracy-schemas.ts';

/** `GET /accuracy/checks/:id` */
export const getCheckEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/accuracy/checks/:id',
    {
      ...allow(...REVIEWERS),
      schema: {
        ...describe('accuracy', 'getCheck', 'Both texts and where they differ', 'Not who typed which.'),
        params: idParams,
        response: answers({ 200: checkSchema }, 404),
      },
    },
    async (request) =>
      toCheck(await readCheck(database.prisma, { checkId: request.params.id, userId: userOf(request).id })),
  );
