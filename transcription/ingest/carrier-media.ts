import type { Readable } from 'node:stream';

/**
 * What ingest needs of the carrier. Implemented where the carrier's API is known and handed in by the process
 * entry, because nothing here may import the phone.
 */
export interface CarrierMedia {
  /**
   * Opens a recording's media.
   * @param mediaPath a path at the carrier's API origin, as kept in `recording.media_path`
   * @returns `bytes` as the carrier announces them (Content-Length), null when it doesn't
   * @throws NotFound the carrier doesn't have it (yet): media may lag behind its announcement
   * @throws Unavailable no answer, or an answer that says to come back
   */
  fetchMedia(
    mediaPath: string,
  ): Promise<{ stream: Readable; bytes: number | null; contentType: string | null }>;
  /** Deletes the carrier's copy. Gone already is success. */
  deleteRecording(carrierRecordingId: string): Promise<void>;
  /** What the carrier recorded during a call, announced or not. */
  listRecordings(carrierCallId: string): Promise<CarrierRecording[]>;
}

export interface CarrierRecording {
  carrierRecordingId: string;
  mediaPath: string;
  durationSeconds: number | null;
  startedAt: Date | null;
}
