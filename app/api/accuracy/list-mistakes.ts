import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { listMistakes } from '../../../transcription/accuracy/mistakes/mistakes.ts';
import { allow, answers, describe, type Endpoint, id, time, timeOf } from '../api.ts';

const mistake = z.object({
  id,
  typed: z.string(),
  right: z.string(),
  critical: z.boolean(),
  madeAt: time,
  seenAt: time.nullable(),
  times: z.number().int().describe('How often the same mistake was made, this one included'),
  clip: z.object({ dictationId: id, fromMs: z.number().int(), toMs: z.number().int() }).nullable(),
  reference: z.string(),
});

/** `GET /accuracy/mistakes` */
export const listMistakesEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/accuracy/mistakes',
    {
      ...allow('transcriptionist', 'supervisor', 'administrator'),
      schema: {
        ...describe('accuracy', 'listMistakes', 'My own mistakes, as settled checks found them'),
        response: answers({ 200: z.object({ mistakes: z.array(mistake) }) }),
      },
    },
    async (request) => {
      const mistakes = await listMistakes(database, { userId: userOf(request).id });
      return {
        mistakes: mistakes.map((each) => ({
          ...each,
          madeAt: each.madeAt.toISOString(),
          seenAt: timeOf(each.seenAt),
        })),
      };
    },
  );
