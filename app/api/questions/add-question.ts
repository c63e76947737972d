import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { addStandingQuestion } from '../../../transcription/standing-questions/standing-questions.ts';
import { allow, answers, describe, type Endpoint, id } from '../api.ts';

export const addQuestionEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/questions',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe(
          'questions',
          'addQuestion',
          'Ask reps something before they report',
          'In at most eight words. Each rep hears it once. While it is open the same question is not asked twice.',
        ),
        body: z.object({ text: z.string().max(500) }),
        response: answers({ 201: z.object({ id, text: z.string().describe('As it is spoken') }) }),
      },
    },
    async (request, reply) => {
      const createdById = userOf(request).id;
      const { questionId, text } = await addStandingQuestion(platform, {
        text: request.body.text,
        createdById,
      });
      return reply.code(201).send({ id: questionId, text });
    },
  );
