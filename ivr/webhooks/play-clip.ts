import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import { sliceWav } from '../../transcription/audio/slice-wav.ts';
import { writeWav } from '../../transcription/audio/write-wav.ts';
import type { IvrPlatform } from '../deps.ts';
import { isClipToken } from './part-token.ts';
import { readAddress } from './read-address.ts';

const params = z.object({ dictationId: z.uuid(), range: z.string().regex(/^\d{1,8}-\d{1,8}$/) });
const query = z.object({ token: z.string() });

interface AudioRow {
  audioKey: string | null;
  audioBytes: number | null;
  sampleRate: number | null;
}

/**
 * `GET /ivr/clips/:dictationId/:fromMs-:toMs?token=…`: a piece of what the caller said in an earlier call, cut from the
 * dictation's audio. A second of silence when it can't be had: media that is missing would end the call.
 */
export async function playClip(
  app: FastifyInstance,
  platform: Pick<IvrPlatform, 'config' | 'database' | 'log' | 'objects'>,
): Promise<void> {
  const { config, database, log, objects } = platform;
  app.get('/ivr/clips/:dictationId/:range', async (request, reply) => {
    const { dictationId, range } = readAddress(params, request.params);
    const { token } = readAddress(query, request.query);
    const [fromMs = 0, toMs = 0] = range.split('-').map(Number);
    if (!isClipToken(config.secret, { dictationId, fromMs, toMs }, token)) {
      throw new Forbidden('A clip asked for without its token');
    }
    reply.headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
    reply.type('audio/wav');
    try {
      // In: an id. Out: where its audio is. Locks nothing.
      const { rows } = await database.pool.query<AudioRow>({
        name: 'ivr-find-audio',
        text: `
          select audio_key as "audioKey", audio_bytes as "audioBytes", sample_rate as "sampleRate"
          from dictation where id = $1`,
        values: [dictationId],
      });
      const { audioKey = null, audioBytes = null, sampleRate = null } = rows[0] ?? {};
      if (audioKey === null || audioBytes === null || sampleRate === null)
        throw new NotFound(`No audio of dictation ${dictationId}`);
      const slice = sliceWav({ sampleRate, bytes: audioBytes }, fromMs, toMs);
      if (slice.range === null) throw new NotFound(`Nothing of dictation ${dictationId} in that place`);
      const { stream } = await objects.get(audioKey, slice.range);
      const clip = new PassThrough();
      clip.write(slice.header);
      pipeline(stream, clip).catch((err: unknown) => log.warn({ err, dictationId }, 'clip broke off'));
      return await reply.header('content-length', slice.bytes).send(clip);
    } catch (error) {
      request.log.warn({ err: error, dictationId }, 'clip not played');
      return reply.send(writeWav(8000, new Int16Array(8000)));
    }
  });
}
