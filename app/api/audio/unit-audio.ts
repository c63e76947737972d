import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { NotFound } from '../../../platform/errors.ts';
import { sliceWav } from '../../../transcription/audio/slice-wav.ts';
import { allow, answers, describe, type Endpoint, id } from '../api.ts';
import { LISTENERS, mayHearSpeaker } from './may-hear.ts';

const params = z.object({ id, number: z.coerce.number().int().min(1) });

/** `GET /reports/:id/units/:number/audio`: exactly the piece in which a unit is said, as a WAV file of its own. */
export const unitAudioEndpoint: Endpoint = (api, { database, objects, log }) =>
  api.get(
    '/reports/:id/units/:number/audio',
    {
      ...allow(...LISTENERS),
      schema: {
        ...describe('reports', 'getUnitAudio', 'The audio of one thought unit', 'WAV, of this unit only.'),
        params,
        response: answers({ 200: z.any() }, 404),
      },
    },
    async (request, reply) => {
      const user = userOf(request);
      const unit = await database.prisma.thoughtUnit.findUnique({
        where: { reportId_number: { reportId: request.params.id, number: request.params.number } },
        select: {
          id: true,
          audioStartMs: true,
          audioEndMs: true,
          report: {
            select: {
              speakerId: true,
              dictation: { select: { audioKey: true, audioBytes: true, sampleRate: true } },
            },
          },
        },
      });
      const dictation = unit?.report.dictation;
      if (!unit || !dictation?.audioKey || dictation.audioBytes === null || dictation.sampleRate === null)
        throw new NotFound('no audio of this unit');
      if (unit.audioStartMs === null || unit.audioEndMs === null)
        throw new NotFound('the unit has no place in the audio', {
          userMessage: 'It is not known where in the audio this is said. Play the whole dictation instead.',
        });
      if (!mayHearSpeaker(user, unit.report.speakerId)) throw new NotFound('not for this user');
      const { sampleRate, audioBytes, audioKey } = dictation;
      const { header, range, bytes } = sliceWav(
        { sampleRate, bytes: audioBytes },
        unit.audioStartMs,
        unit.audioEndMs,
      );
      await database.prisma.auditEntry.create({
        data: { actorId: user.id, action: 'audio.read', subjectType: 'thought_unit', subjectId: unit.id },
      });
      const answer = new PassThrough();
      answer.write(header);
      if (range) {
        const { stream } = await objects.get(audioKey, range);
        pipeline(stream, answer).catch((err: unknown) =>
          log.warn({ err, unitId: unit.id }, 'unit audio broke off'),
        );
      } else answer.end();
      return reply
        .type('audio/wav')
        .header('content-length', bytes)
        .header('cache-control', 'private, no-store')
        .send(answer);
    },
  );
