import { userOf } from '../../../platform/auth/require-role.ts';
import { redactAnswer } from '../../../transcription/redaction/redact-answer.ts';
import { redactionInput } from '../../../transcription/redaction/redaction-input.ts';
import { allow, answers, describe, type Endpoint, idParams, noContent } from '../api.ts';

export const redactAnswerEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/answers/:id/redactions',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('surveys', 'redactAnswer', 'Take passages out of what somebody answered to a survey'),
        params: idParams,
        body: redactionInput,
        response: answers({ 204: noContent }, 404, 409),
      },
    },
    async (request, reply) => {
      await redactAnswer(platform, {
        ...request.body,
        answerId: request.params.id,
        userId: userOf(request).id,
      });
      return reply.code(204).send(undefined);
    },
  );
