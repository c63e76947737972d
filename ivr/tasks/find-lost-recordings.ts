import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { CarrierRecording } from '../../transcription/ingest/carrier-media.ts';
import { announceRecording, markEmpty } from '../../transcription/intake/intake.ts';
import type { CarrierClient } from '../carrier/carrier-client.ts';
import type { IvrPlatform } from '../deps.ts';
import { lockCall } from '../webhooks/call-rows.ts';
import { noWakes, wakeAll } from '../webhooks/wakes.ts';
import { type ExpectedPart, matchRecordings } from './match-recordings.ts';

/** Callbacks usually come within seconds; nobody waits for a report that short. */
const AFTER_END_MS = 60_000;
/** Between two looks at one call. */
const AGAIN_MS = 5 * 60_000;
/** After this the carrier would know of a recording: what it doesn't have was never made. */
const SURE_MS = 10 * 60_000;
/** Callbacks of calls older than this are not missed any more. */
const LATEST_MS = 24 * 60 * 60_000;
const AT_ONCE = 100;

export interface EndedCall {
  id: string;
  carrierCallId: string;
  endedAt: Date;
}

interface PartRow extends ExpectedPart {
  carrierRecordingId: string | null;
}

/**
 * Asks the carrier what it recorded in calls that ended with parts of which nothing was heard. What it has is
 * announced as if it had told; what it certainly doesn't have is marked empty, so that nobody waits for it.
 * Returns how many recordings were found.
 */
export async function findLostRecordings(
  platform: Pick<IvrPlatform, 'clock' | 'database' | 'log' | 'queues'>,
  carrier: Pick<CarrierClient, 'listRecordings'>,
): Promise<number> {
  const { clock, database, log } = platform;
  const now = clock.now().getTime();
  // In: moments. Out: ended calls with a part still expected, not asked for lately. Locks nothing.
  const { rows: calls } = await database.pool.query<EndedCall>(
    `select c.id, c.carrier_call_id as "carrierCallId", c.ended_at as "endedAt"
     from call c
     where c.status = 'ended' and c.carrier_call_id is not null
       and c.ended_at between $1 and $2 and (c.swept_at is null or c.swept_at < $3)
       and exists (select 1 from recording r where r.call_id = c.id and r.status = 'expected')
     order by c.ended_at limit ${AT_ONCE}`,
    [new Date(now - LATEST_MS), new Date(now - AFTER_END_MS), new Date(now - AGAIN_MS)],
  );
  let found = 0;
  for (const call of calls) {
    try {
      const recordings = await carrier.listRecordings(call.carrierCallId);
      found += await settleCall(platform, call, recordings);
    } catch (err) {
      log.warn({ err, callId: call.id }, 'the carrier could not be asked for recordings');
    }
  }
  return found;
}

/**
 * Announces what the carrier recorded in a call and nobody was told of. Returns how many. Locks the call's row;
 * announcing and marking lock the rows of its recordings.
 */
export async function settleCall(
  platform: Pick<IvrPlatform, 'clock' | 'database' | 'log' | 'queues'>,
  call: Pick<EndedCall, 'id' | 'endedAt'>,
  recordings: CarrierRecording[],
): Promise<number> {
  const { clock, database, log } = platform;
  const now = clock.now();
  const wakes = noWakes();
  const found = await inTransaction(database.pool, async (client) => {
    await lockCall(client, call.id);
    const { rows } = await client.query<PartRow>({
      name: 'ivr-parts-of-call',
      text: `
        select r.id as "recordingId", coalesce(s.at, r.created_at) as "expectedAt",
          r.carrier_recording_id as "carrierRecordingId", r.status = 'expected' as "isOpen"
        from recording r
        -- When it was that the carrier was told: recordings of surveys themselves know no more than the day.
        left join lateral (
          select min(at) as at from call_step where call_id = $1 and position(r.id::text in response) > 0
        ) s on true
        where r.call_id = $1 order by 2, r.part`,
      values: [call.id],
    });
    const known = new Set(rows.map(({ carrierRecordingId }) => carrierRecordingId));
    const unknown = recordings.filter(({ carrierRecordingId }) => !known.has(carrierRecordingId));
    const matched = matchRecordings(rows, unknown);
    for (const { recordingId, recording } of matched) {
      const { carrierRecordingId, mediaPath, durationSeconds: seconds } = recording;
      const media = { carrierRecordingId, mediaPath, seconds: seconds === null ? null : Math.round(seconds) };
      const announced = await announceRecording(client, { recordingId, ...media, now });
      if (announced?.isNew) wakes.recordingIds.add(announced.recordingId);
    }
    if (now.getTime() - call.endedAt.getTime() > SURE_MS) {
      const taken = new Set(matched.map(({ recordingId }) => recordingId));
      for (const { recordingId, isOpen } of rows) {
        if (!isOpen || taken.has(recordingId)) continue;
        const changed = await markEmpty(client, { recordingId });
        if (changed) wakes.dictationIds.add(changed.dictationId);
      }
    }
    await client.query({
      name: 'ivr-call-swept',
      text: 'update call set swept_at = $2 where id = $1',
      values: [call.id, now],
    });
    return matched.length;
  });
  if (found > 0)
    log.warn({ callId: call.id, recordings: found }, 'found recordings that were never announced');
  await wakeAll(platform, wakes);
  return found;
}
