import { Readable } from 'node:stream';
import { NotFound, Unavailable } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { newObjectKey } from '../anonymous/object-keys.ts';
import { settleDictationTask } from '../dictations/tasks.ts';
import type { CarrierMedia } from './carrier-media.ts';
import { type Inspection, inspectObject } from './inspect-object.ts';
import { createMeter } from './meter.ts';
import {
  type ClaimedRecording,
  claimForCopy,
  keepClaim,
  recordCopy,
  recordFailure,
} from './recording-rows.ts';
import { nextDelayMs, RETRY_TIMES, type RetryTimes } from './retry-times.ts';
import { copyRecordingTask, deleteCarrierCopyTask } from './tasks.ts';

export interface IngestDependencies {
  platform: Pick<Platform, 'clock' | 'database' | 'log' | 'objects' | 'queues'>;
  carrierMedia: CarrierMedia;
  retryTimes?: RetryTimes;
}

export type CopyOutcome = 'verified' | 'empty' | 'retry' | 'dead' | 'nothing';

/** Why an attempt failed; kept in `recording.last_error`. */
export type CopyFailure =
  /** The carrier doesn't have the media yet. */
  | 'not_ready'
  | 'carrier_unavailable'
  | 'storage_unavailable'
  /** Fewer bytes came than the carrier announced. */
  | 'truncated'
  /** All bytes came, but the file's own header promises more. */
  | 'shorter_than_header'
  /** What was read back is not what was received. */
  | 'mismatch'
  | 'unreadable'
  | 'no_media_path'
  /** Worker after worker died over it. */
  | 'never_finished';

/** A recording shorter than this is no dictation. */
const SHORTEST_SECONDS = 1;
/** A day of 16-bit speech at 16 kHz: more is a mistake. */
const MAX_BYTES = 3_000_000_000;
const KEEP_CLAIM_EVERY_MS = 30_000;
const LOOK_AT_CLOCK_EVERY_MS = 100;
/** Nothing from the carrier for so long: the connection is dead. */
const STALL_MS = 60_000;

/**
 * One attempt at bringing a recording here: carrier → object storage, read back, compared.
 *
 *     announced ──▶ verified | empty        (bytes here are the bytes received; safe to delete at the carrier)
 *     announced ──▶ announced, due later    (failed; backoff)
 *     announced ──▶ dead                    (failed too often; restartRecording brings it back)
 *
 * Done twice: the second finds the row not announced, success. At once by two: the claim (`next_attempt_at`) lets
 * one in. Killed in the middle: the claim runs out and the sweep wakes again. A worker that lost its claim while
 * it was stuck writes nothing: each attempt has an object key of its own, and the row is only updated by the
 * attempt that holds it.
 */
export async function copyRecording(deps: IngestDependencies, recordingId: string): Promise<CopyOutcome> {
  const { platform } = deps;
  const { clock, database, queues, log } = platform;
  const claim = await claimForCopy(database.pool, recordingId, clock.now());
  if (!claim) return 'nothing';
  const { attempts: most } = deps.retryTimes ?? RETRY_TIMES;
  if (claim.attempts > most) return fail(deps, claim, 'never_finished', undefined);
  const objectKey = newObjectKey('recordings', recordingId);
  let keptAt = clock.now().getTime();
  // By the clock and not by the timer alone: it is by the clock that the claim runs out.
  const keeping = setInterval(() => {
    const now = clock.now();
    if (now.getTime() - keptAt < KEEP_CLAIM_EVERY_MS) return;
    keptAt = now.getTime();
    keepClaim(database.pool, claim, now).catch((err) => log.warn({ err, recordingId }, 'claim not kept'));
  }, LOOK_AT_CLOCK_EVERY_MS);
  let result: Copied | { failure: CopyFailure; cause?: unknown };
  try {
    result = await transfer(deps, claim, objectKey);
  } finally {
    clearInterval(keeping);
  }

  if ('failure' in result) {
    await removeObject(platform, objectKey);
    return fail(deps, claim, result.failure, result.cause);
  }
  const status =
    result.audio.silent || result.audio.durationSeconds < SHORTEST_SECONDS ? 'empty' : 'verified';
  const recorded = await recordCopy(database.pool, claim, { ...result, status, objectKey, now: clock.now() });
  if (!recorded) {
    await removeObject(platform, objectKey);
    return 'nothing';
  }
  log.info({ recordingId, status, bytes: result.bytes, attempt: claim.attempts }, 'recording copied');
  await queues.wake(deleteCarrierCopyTask, { recordingId }, { key: recordingId });
  await queues.wake(settleDictationTask, { dictationId: claim.dictationId }, { key: claim.dictationId });
  return status;
}

export interface Copied {
  bytes: number;
  sha256: string;
  contentType: string | null;
  audio: NonNullable<Inspection['audio']>;
}

async function transfer(
  { platform, carrierMedia }: IngestDependencies,
  claim: ClaimedRecording,
  objectKey: string,
): Promise<Copied | { failure: CopyFailure; cause?: unknown }> {
  if (!claim.mediaPath) return { failure: 'no_media_path' };
  let media: Awaited<ReturnType<CarrierMedia['fetchMedia']>>;
  try {
    media = await carrierMedia.fetchMedia(claim.mediaPath);
  } catch (cause) {
    return { failure: cause instanceof NotFound ? 'not_ready' : 'carrier_unavailable', cause };
  }

  const received = createMeter(MAX_BYTES);
  let carrierError: unknown;
  const fromCarrier = passErrors(untilStalled(media.stream), (error) => {
    carrierError = error;
  });
  const source = Readable.from(received.through(fromCarrier), { objectMode: false });
  let stored: { bytes: number; sha256: string };
  try {
    stored = await platform.objects.put(objectKey, source, {
      contentType: media.contentType ?? 'application/octet-stream',
    });
  } catch (cause) {
    return { failure: carrierError === undefined ? 'storage_unavailable' : 'truncated', cause };
  } finally {
    media.stream.destroy();
  }
  if (media.bytes !== null && received.bytes() !== media.bytes) return { failure: 'truncated' };
  const sha256 = received.sha256();

  let inspection: Inspection;
  try {
    inspection = await inspectObject(platform.objects, objectKey);
  } catch (cause) {
    return { failure: 'storage_unavailable', cause };
  }
  const { audio } = inspection;
  const same = [stored, inspection].every((it) => it.bytes === received.bytes() && it.sha256 === sha256);
  if (!same) return { failure: 'mismatch' };
  if (!audio) return { failure: 'unreadable' };
  // After a person's restart the same again is what the carrier has: better a cut recording than none.
  const acceptedAsIs = claim.attempts === 1 && claim.lastError === 'shorter_than_header';
  if (audio.missingBytes > 0 && !acceptedAsIs) return { failure: 'shorter_than_header' };
  return { bytes: inspection.bytes, sha256, contentType: media.contentType, audio };
}

async function fail(
  { platform, retryTimes = RETRY_TIMES }: IngestDependencies,
  claim: ClaimedRecording,
  failure: CopyFailure,
  cause: unknown,
): Promise<CopyOutcome> {
  const { clock, database, log, queues } = platform;
  const { id: recordingId, attempts } = claim;
  const dead = attempts >= retryTimes.attempts;
  const delayMs = nextDelayMs(retryTimes, attempts, Math.random());
  const nextAttemptAt = dead ? null : new Date(clock.now().getTime() + delayMs);
  const recorded = await recordFailure(database.pool, claim, failure, nextAttemptAt);
  if (!recorded) return 'nothing';
  const fields = { recordingId, failure, attempt: attempts, ...(cause !== undefined && { err: cause }) };
  if (dead) {
    log.error(fields, 'recording given up; it is on the list of dead recordings');
    return 'dead';
  }
  log.warn({ ...fields, delayMs }, 'recording not copied; tried again later');
  await queues.wake(copyRecordingTask, { recordingId }, { delayMs: delayMs + 50, key: recordingId });
  return 'retry';
}

async function removeObject(
  { objects, log }: Pick<Platform, 'objects' | 'log'>,
  objectKey: string,
): Promise<void> {
  await objects.delete(objectKey).catch((err) => log.warn({ err, objectKey }, 'left an object behind'));
}

async function* passErrors<T>(source: AsyncIterable<T>, tell: (error: unknown) => void): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    tell(error);
    throw error;
  }
}

/** Waiting too long for the next bytes ends the attempt; a slow reader on our side doesn't. */
async function* untilStalled(stream: Readable): AsyncGenerator<Uint8Array> {
  const bytes: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  for (;;) {
    const timer = setTimeout(() => {
      stream.destroy(new Unavailable(`No data from the carrier for ${STALL_MS} ms`));
    }, STALL_MS);
    const next = await bytes.next().finally(() => clearTimeout(timer));
    if (next.done) return;
    yield next.value;
  }
}
