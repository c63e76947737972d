import { userOf } from '../../../platform/auth/require-role.ts';
import { decideDifference, decideInput } from '../../../transcription/accuracy/settling/decide-difference.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';
import { checkSchema, REVIEWERS, toCheck } from './accuracy-schemas.ts';

/** `PUT /accuracy/checks/:id/differences/:differenceId` */
export const decideDifferenceEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/accuracy/checks/:id/differences/:differenceId',
    {
      ...allow(...REVIEWERS),
      schema: {
        ...describe(
          'accuracy',
          'decideDifference',
          'What is said at one place',
          'One of the two texts, another one, or both: then neither made an error. null: open again.',
        ),
        params: idParams.extend({ differenceId: id }),
        body: decideInput,
        response: answers({ 200: checkSchema }, 404, 409),
      },
    },
    async (request) => {
      const { id: checkId, differenceId } = request.params;
      const userId = userOf(request).id;
      return toCheck(await decideDifference(platform, { ...request.body, checkId, differenceId, userId }));
    },
  );
