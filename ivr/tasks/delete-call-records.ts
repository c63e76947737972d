import type { CarrierClient } from '../carrier/carrier-client.ts';
import type { IvrPlatform } from '../deps.ts';
import { isEndStatus } from '../webhooks/end-call.ts';
import { carrierKey } from '../webhooks/keyed-hash.ts';

/** A recording that belongs to no question can't be written down; after this it is destroyed unheard. */
const UNKNOWN_MS = 7 * 24 * 3_600_000;

/**
 * The carrier keeps for each call from which number it came. It is asked for finished calls to survey lines, and
 * those are deleted that have no recordings left there and no row here; no id of theirs needs to have been kept.
 * Returns how many.
 */
export async function deleteSurveyCallRecords(
  { clock, config, database, log }: Pick<IvrPlatform, 'clock' | 'config' | 'database' | 'log'>,
  carrier: Pick<CarrierClient, 'listCalls' | 'listRecordings' | 'deleteCall' | 'deleteRecording'>,
): Promise<number> {
  const { rows: lines } = await database.pool.query<{ number: string }>(
    `select number from line where purpose = 'survey'`,
  );
  let deleted = 0;
  for (const { number } of lines) {
    try {
      for (const call of await carrier.listCalls(number)) {
        if (isEndStatus(call.status) && (await isSettled(call.carrierCallId, call.startedAt))) {
          await carrier.deleteCall(call.carrierCallId);
          deleted += 1;
        }
      }
    } catch (error) {
      // Its message may name the call.
      const type = error instanceof Error ? error.name : typeof error;
      log.warn({ type }, 'records of calls to a survey line not deleted at the carrier; tried again');
    }
  }
  return deleted;

  /** Nothing of the call is here or there that is still to be brought over. */
  async function isSettled(carrierCallId: string, startedAt: Date | null): Promise<boolean> {
    const { rowCount: rows } = await database.pool.query('select from call where carrier_key = $1', [
      carrierKey(config.secret, carrierCallId),
    ]);
    if (rows !== 0) return false;
    const recordings = await carrier.listRecordings(carrierCallId);
    const ids = recordings.map(({ carrierRecordingId }) => carrierRecordingId);
    const { rows: known } = await database.pool.query<{ id: string }>(
      'select carrier_recording_id as id from recording where carrier_recording_id = any($1)',
      [ids],
    );
    if (known.length > 0) return false;
    if (ids.length === 0) return true;
    const isOld = startedAt !== null && clock.now().getTime() - startedAt.getTime() > UNKNOWN_MS;
    log.warn(
      { recordings: ids.length, isOld },
      'the carrier has recordings of a survey that no question expected',
    );
    if (!isOld) return false;
    for (const id of ids) await carrier.deleteRecording(id);
    return true;
  }
}
