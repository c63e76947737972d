import { userOf } from '../../../platform/auth/require-role.ts';
import { closeStandingQuestion } from '../../../transcription/standing-questions/standing-questions.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

export const closeQuestionEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/questions/:id/close',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('questions', 'closeQuestion', 'Stop asking it', 'Sent again it changes nothing.'),
        params: idParams,
        response: answers({ 204: noContent }, 404),
      },
    },
    async (request, reply) => {
      const { id: questionId } = request.params;
      await closeStandingQuestion(platform, { questionId, actorId: userOf(request).id });
      return reply.code(204).send();
    },
  );
