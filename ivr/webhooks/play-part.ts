import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import { loggableId } from '../../platform/new-id.ts';
import { takeEnd } from '../../transcription/audio/take-end.ts';
import { writeWav } from '../../transcription/audio/write-wav.ts';
import type { CarrierMedia } from '../../transcription/ingest/carrier-media.ts';
import type { IvrPlatform } from '../deps.ts';
import { isPartToken } from './part-token.ts';
import { readAddress } from './read-address.ts';

const params = z.object({ recordingId: z.uuid() });
/** Longest end of a part that is cut from it. */
const LONGEST_END_SECONDS = 60;

const query = z.object({
  token: z.string(),
  last: z.coerce.number().positive().max(LONGEST_END_SECONDS).optional(),
});

/** The carrier needs a moment until its own recording can be had. */
const TRIES = 8;
const BETWEEN_TRIES_MS = 400;

interface PartRow {
  objectKey: string | null;
  contentType: string | null;
  mediaPath: string | null;
}

/**
 * `GET /ivr/parts/:recordingId?token=…&last=…`: what the caller said, all or the last seconds of it, for the pause menu
 * and for going on after a broken line. From our storage if it has arrived there, else from the carrier. A second of
 * silence when neither has it: media that can't be had would end the call.
 */
export async function playPart(
  app: FastifyInstance,
  { platform, media }: { platform: IvrPlatform; media: CarrierMedia },
): Promise<void> {
  app.get('/ivr/parts/:recordingId', async (request, reply) => {
    const { recordingId } = readAddress(params, request.params);
    const { token, last } = readAddress(query, request.query);
    if (!isPartToken(platform.config.secret, recordingId, token)) {
      throw new Forbidden('A part asked for without its token');
    }
    reply.headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
    try {
      const part = await openPart({ platform, media }, recordingId);
      if (last !== undefined) return await reply.type('audio/wav').send(await takeEnd(part.stream, last));
      return await reply.type(part.contentType ?? 'audio/wav').send(part.stream);
    } catch (error) {
      request.log.warn({ err: error, recordingId: loggableId(recordingId) }, 'part not played');
      return reply.type('audio/wav').send(writeWav(8000, new Int16Array(8000)));
    }
  });
}

async function openPart(
  { platform, media }: { platform: IvrPlatform; media: CarrierMedia },
  recordingId: string,
) {
  for (let attempt = 1; ; attempt += 1) {
    // In: an id. Out: where its audio is. Locks nothing.
    const { rows } = await platform.database.pool.query<PartRow>({
      name: 'ivr-find-part',
      text: `
        select object_key as "objectKey", content_type as "contentType", media_path as "mediaPath"
        from recording where id = $1 and destroyed_at is null`,
      values: [recordingId],
    });
    const row = rows[0];
    if (row === undefined) throw new NotFound('No audio of this recording');
    if (row.objectKey !== null) return platform.objects.get(row.objectKey);
    if (row.mediaPath !== null) {
      try {
        return await media.fetchMedia(row.mediaPath);
      } catch (error) {
        if (!(error instanceof NotFound) || attempt === TRIES) throw error;
      }
    }
    if (attempt === TRIES) throw new NotFound('This recording has not arrived');
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
}
