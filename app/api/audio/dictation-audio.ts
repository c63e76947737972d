import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { NotFound } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { readRange } from './byte-range.ts';
import { LISTENERS, mayHearDictation } from './may-hear.ts';

/** `GET /dictations/:id/audio`: the whole dictation as one WAV file, with range reads for players. */
export const dictationAudioEndpoint: Endpoint = (api, { database, objects }) =>
  api.get(
    '/dictations/:id/audio',
    {
      ...allow(...LISTENERS),
      schema: {
        ...describe('dictations', 'getDictationAudio', 'The audio of a dictation', 'WAV; understands Range.'),
        params: idParams,
        response: answers({ 200: z.any(), 206: z.any(), 416: z.any() }, 404),
      },
    },
    async (request, reply) => {
      const user = userOf(request);
      const dictation = await database.prisma.dictation.findUnique({
        where: { id: request.params.id },
        select: { id: true, speakerId: true, contributionId: true, audioKey: true, audioBytes: true },
      });
      if (!dictation?.audioKey || dictation.audioBytes === null || !mayHearDictation(user, dictation))
        throw new NotFound('no audio of this dictation for this user');
      const totalBytes = dictation.audioBytes;
      const range = readRange(request.headers.range, totalBytes);
      reply.header('accept-ranges', 'bytes').type('audio/wav').header('cache-control', 'private, no-store');
      if (range === 'unsatisfiable')
        return reply.code(416).header('content-range', `bytes */${totalBytes}`).send('');
      // Who has heard what is on record; a player reads a file in many pieces, its beginning once.
      if (!range || range.start === 0)
        await database.prisma.auditEntry.create({
          data: { actorId: user.id, action: 'audio.read', subjectType: 'dictation', subjectId: dictation.id },
        });
      const { stream } = await objects.get(dictation.audioKey, range ?? undefined);
      if (!range) return reply.header('content-length', totalBytes).send(stream);
      return reply
        .code(206)
        .header('content-range', `bytes ${range.start}-${range.end}/${totalBytes}`)
        .header('content-length', range.end - range.start + 1)
        .send(stream);
    },
  );
