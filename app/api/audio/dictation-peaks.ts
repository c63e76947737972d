import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { NotFound } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { LISTENERS, mayHearDictation } from './may-hear.ts';
import { reducePeaks } from './reduce-peaks.ts';

const peaks = z.object({
  durationSeconds: z.number(),
  peaksPerSecond: z
    .number()
    .describe('Pairs a second of what is answered, which may be fewer than are stored'),
  peaks: z.array(z.number().int()).describe('Lowest and highest of each stretch in turn, -128 to 127'),
});

export const dictationPeaksEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/dictations/:id/peaks',
    {
      ...allow(...LISTENERS),
      schema: {
        ...describe('dictations', 'getDictationPeaks', 'The waveform of a dictation'),
        params: idParams,
        querystring: z.object({ points: z.coerce.number().int().min(1).max(200_000).default(200_000) }),
        response: answers({ 200: peaks }, 404),
      },
    },
    async (request) => {
      const dictation = await database.prisma.dictation.findUnique({
        where: { id: request.params.id },
        select: { speakerId: true, contributionId: true, peaks: true, durationSeconds: true },
      });
      if (!dictation?.peaks || !mayHearDictation(userOf(request), dictation))
        throw new NotFound('no waveform of this dictation for this user');
      const reduced = reducePeaks(dictation.peaks, request.query.points);
      const durationSeconds = dictation.durationSeconds ?? 0;
      return {
        durationSeconds,
        peaksPerSecond: durationSeconds > 0 ? reduced.length / 2 / durationSeconds : 0,
        peaks: reduced,
      };
    },
  );
