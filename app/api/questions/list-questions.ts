import { z } from 'zod';
import { listStandingQuestions } from '../../../transcription/standing-questions/standing-questions.ts';
import { allow, answers, describe, type Endpoint, id, time, timeOf } from '../api.ts';

const question = z.object({
  id,
  text: z.string(),
  askedBy: z.string().nullable(),
  createdAt: time,
  closedAt: time.nullable(),
  heard: z.int().describe('Reps who have heard it'),
  reps: z.int().describe('Reps who can call'),
  reports: z.int().describe('Reports that reps made after they had heard it, while it was open'),
});

export const listQuestionsEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/questions',
    {
      ...allow('manager', 'administrator'),
      schema: {
        ...describe('questions', 'listQuestions', 'Questions: open ones as they are asked, then closed ones'),
        response: answers({ 200: z.object({ questions: z.array(question) }) }),
      },
    },
    async () => {
      const questions = await listStandingQuestions(platform);
      return {
        questions: questions.map(({ createdAt, closedAt, ...rest }) => ({
          ...rest,
          createdAt: createdAt.toISOString(),
          closedAt: timeOf(closedAt),
        })),
      };
    },
  );
