import type pg from 'pg';
import type { Copied, CopyFailure } from './copy-recording.ts';

/**
 * A worker's claim on a recording: `next_attempt_at` lies ahead while it works and so keeps others away; the
 * number of the attempt is its proof when it writes the result.
 */
export interface ClaimedRecording {
  id: string;
  dictationId: string;
  mediaPath: string | null;
  /** This attempt's number, from 1. */
  attempts: number;
  /** Of the attempt before. */
  lastError: string | null;
}

/** A worker that died is found out after this. */
const CLAIM_MS = 120_000;

function claimEnd(now: Date): Date {
  return new Date(now.getTime() + CLAIM_MS);
}

/** In: recording id, time. Out: the claim, undefined when there is nothing to do or somebody is at it. Locks the row. */
export async function claimForCopy(
  pool: pg.Pool,
  recordingId: string,
  now: Date,
): Promise<ClaimedRecording | undefined> {
  const { rows } = await pool.query<ClaimedRecording>(
    `update recording set attempts = attempts + 1, next_attempt_at = $3
     where id = $1 and status = 'announced' and (next_attempt_at is null or next_attempt_at <= $2)
     returning id, dictation_id as "dictationId", media_path as "mediaPath", attempts, last_error as "lastError"`,
    [recordingId, now, claimEnd(now)],
  );
  return rows[0];
}

/** Says that the claim's worker lives. */
export async function keepClaim(pool: pg.Pool, claim: ClaimedRecording, now: Date): Promise<void> {
  await pool.query(
    `update recording set next_attempt_at = $3 where id = $1 and status = 'announced' and attempts = $2`,
    [claim.id, claim.attempts, claimEnd(now)],
  );
}

/**
 * In: a verified copy. Out: whether the claim still held; nothing is written otherwise. Locks the row. The row is
 * then due for deletion at the carrier (`next_attempt_at`).
 */
export async function recordCopy(
  pool: pg.Pool,
  claim: ClaimedRecording,
  copy: Copied & { status: 'verified' | 'empty'; objectKey: string; now: Date },
): Promise<boolean> {
  const { audio } = copy;
  const { rowCount } = await pool.query(
    `update recording
     set status = $3::recording_status, object_key = $4, bytes = $5, sha256 = $6, content_type = $7,
         duration_seconds = $8, peaks = $9, peaks_per_second = $10, verified_at = $11,
         attempts = 0, next_attempt_at = $11, last_error = null
     where id = $1 and status = 'announced' and attempts = $2`,
    [
      claim.id,
      claim.attempts,
      copy.status,
      copy.objectKey,
      copy.bytes,
      copy.sha256,
      copy.contentType,
      audio.durationSeconds,
      audio.peaks,
      audio.peaksPerSecond,
      copy.now,
    ],
  );
  return rowCount === 1;
}

/** In: why, and when to try again (null: never). Out: whether the claim still held. Locks the row. */
export async function recordFailure(
  pool: pg.Pool,
  claim: ClaimedRecording,
  failure: CopyFailure,
  nextAttemptAt: Date | null,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update recording
     set last_error = $3, next_attempt_at = $4,
         status = case when $4::timestamptz is null then 'dead'::recording_status else status end
     where id = $1 and status = 'announced' and attempts = $2`,
    [claim.id, claim.attempts, failure, nextAttemptAt],
  );
  return rowCount === 1;
}
