import { Readable } from 'node:stream';
import { NotFound, Unavailable } from '../../../platform/errors.ts';
import type { CarrierMedia } from '../../../transcription/ingest/carrier-media.ts';

export interface Media {
  body: Buffer;
  /** What Content-Length says; the truth when absent, null: nothing. */
  bytes?: number | null;
  /** The connection breaks after so many bytes. */
  breaksAfter?: number;
}

export interface TestCarrier extends CarrierMedia {
  /** By media path. A path that is missing answers 404; a list is used up from its front, its last entry stays. */
  media: Map<string, Media | (Media | 'missing' | 'down')[]>;
  deleted: string[];
  /** How often each path was asked for. */
  fetches: Map<string, number>;
  down: boolean;
}

/** A carrier in memory, behind the interface that the real one implements. */
export function createTestCarrier(): TestCarrier {
  const carrier: TestCarrier = {
    media: new Map(),
    deleted: [],
    fetches: new Map(),
    down: false,
    async fetchMedia(mediaPath) {
      carrier.fetches.set(mediaPath, (carrier.fetches.get(mediaPath) ?? 0) + 1);
      const kept = carrier.media.get(mediaPath);
      const next = Array.isArray(kept) ? (kept.length > 1 ? kept.shift() : kept[0]) : kept;
      if (carrier.down || next === 'down') throw new Unavailable('The carrier does not answer');
      if (next === undefined || next === 'missing') throw new NotFound('The carrier has no such media');
      const { body, breaksAfter } = next;
      async function* pieces() {
        for (let at = 0; at < body.length; at += 4000) {
          if (breaksAfter !== undefined && at >= breaksAfter) throw new Error('socket hang up');
          yield body.subarray(at, at + 4000);
        }
      }
      const bytes = next.bytes === undefined ? body.length : next.bytes;
      return { stream: Readable.from(pieces(), { objectMode: false }), bytes, contentType: 'audio/x-wav' };
    },
    async deleteRecording(carrierRecordingId) {
      if (carrier.down) throw new Unavailable('The carrier does not answer');
      carrier.deleted.push(carrierRecordingId);
    },
    async listRecordings() {
      return [];
    },
  };
  return carrier;
}
