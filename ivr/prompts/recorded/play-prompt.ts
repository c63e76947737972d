import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { writeWav } from '../../../transcription/audio/write-wav.ts';
import { audioKeyOf } from './audio-key.ts';

const params = z.object({ id: z.uuid() });

/**
 * `GET /ivr/prompts/:id`: a recorded prompt, for the carrier and for the console. Open to all: it is what anybody
 * hears who calls. An id's audio never changes, so it may be kept for ever.
 *
 * Where there is none (removed while a call was under way, storage out of reach) a moment of silence goes out: media
 * that can't be had would end the call.
 */
export async function playPrompt(
  app: FastifyInstance,
  { objects }: Pick<Platform, 'objects'>,
): Promise<void> {
  app.get('/ivr/prompts/:id', async (request, reply) => {
    const parsed = params.safeParse(request.params);
    if (!parsed.success) throw new NotFound('Not the id of a recorded prompt');
    const { id } = parsed.data;
    const etag = `"${id}"`;
    reply.header('x-content-type-options', 'nosniff').type('audio/wav');
    try {
      const audio = await objects.get(audioKeyOf(id));
      reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', etag });
      if (isKnown(request.headers['if-none-match'], etag)) {
        audio.stream.destroy();
        return reply.code(304).send();
      }
      return reply.header('content-length', audio.totalBytes).send(audio.stream);
    } catch (error) {
      if (!(error instanceof NotFound)) request.log.warn({ err: error, id }, 'recorded prompt not played');
      return reply.header('cache-control', 'no-store').send(writeWav(8000, new Int16Array(1600)));
    }
  });
}

function isKnown(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}
