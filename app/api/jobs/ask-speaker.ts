import { z } from 'zod';
import { askSpeaker } from '../../../transcription/doubts/ask-speaker.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { doubt, doubtParams, leaseBody, toDoubt } from './doubt-schemas.ts';
import { jobActor } from './job-actor.ts';
import { WORKERS } from './job-schemas.ts';

const body = leaseBody.extend({
  again: z.boolean().default(false).describe('Ask anew although there is an answer'),
});

export const askSpeakerEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/jobs/:id/doubts/:doubtId/ask',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe(
          'jobs',
          'askSpeaker',
          'Send an unclear passage back to its speaker',
          'The speaker hears it at the next log-in on the phone. Asked already, it stays as it is.',
        ),
        params: doubtParams,
        body,
        response: answers({ 200: doubt }, 404, 409),
      },
    },
    async (request) => {
      const { id: jobId, doubtId } = request.params;
      const userId = await jobActor(platform, request, jobId);
      return toDoubt(await askSpeaker(platform, { ...request.body, jobId, doubtId, userId }));
    },
  );
