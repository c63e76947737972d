import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/database/database.ts';
import { CrmError } from '../crm-error.ts';

/** Keeps the requests to one CRM within its limits, over all processes. */
export interface RequestGate {
  /** Resolves when a request may be sent. @throws CrmError (`limit`) while the CRM has asked to be left alone. */
  enter(): Promise<void>;
  /** The CRM said that it is too much: nobody asks it again before its time is over. */
  pause(error: CrmError): Promise<void>;
}

/** No limits: for what is no CRM, and for tests that count requests themselves. */
export const OPEN_GATE: RequestGate = { enter: async () => {}, pause: async () => {} };

/** After a refusal that names no time. */
const PAUSE_MS = 10_000;
/** A worker that would have to wait for longer does something else meanwhile. */
const PATIENCE_MS = 2_000;
/** From here on requests may come together; of a shorter window they would be too large a part. */
const LONG_WINDOW_SECONDS = 10;

/**
 * A gate for a connector, kept in its row: each request takes the next free moment, `1 / requestsPerSecond` after the
 * one before (the generic cell rate algorithm). One statement a request; processes take turns on the row.
 *
 * @param windowSeconds over which the CRM counts. The longer it is, the more requests may come together after a rest: a
 * report needs about seven, and spread over most of a second they would be late for nothing. What comes together is
 * taken off the steady rate, so that no window holds more than the CRM allows. 1: none come together.
 */
export function createRequestGate(
  { database, clock }: { database: Pick<Database, 'pool'>; clock: Clock },
  {
    connectorId,
    requestsPerSecond,
    windowSeconds = 1,
  }: { connectorId: string; requestsPerSecond: number | null; windowSeconds?: number },
): RequestGate {
  const { pool } = database;
  const together =
    requestsPerSecond === null || windowSeconds < LONG_WINDOW_SECONDS
      ? 1
      : Math.max(1, Math.floor(requestsPerSecond));
  const steady = (requestsPerSecond ?? 0) - (together - 1) / windowSeconds;
  const stepMs = requestsPerSecond === null ? 0 : 1000 / steady;
  const aheadMs = (together - 1) * stepMs;
  return {
    async enter() {
      const now = clock.now();
      const { rows } = await pool.query<{ pausedMs: number | null; reason: string | null; waitMs: number }>(
        `with before as (
           select greatest(next_request_at, $2::timestamptz - $5 * interval '1 millisecond') as turn,
                  case when paused_until > $2 then extract(epoch from paused_until - $2) * 1000 end as paused
           from connector where id = $1 for no key update
         ), taken as (
           update connector set next_request_at = before.turn + $3::float8 * interval '1 millisecond'
           from before
           where connector.id = $1 and $3::float8 > 0 and before.paused is null
             and before.turn <= $2::timestamptz + $4::float8 * interval '1 millisecond'
         )
         select before.paused::float8 as "pausedMs", connector.pause_reason as reason,
                (extract(epoch from before.turn - $2) * 1000)::float8 as "waitMs"
         from before join connector on connector.id = $1`,
        [connectorId, now, stepMs, PATIENCE_MS, aheadMs],
      );
      const row = rows[0];
      if (row === undefined) return;
      if (row.pausedMs !== null)
        throw new CrmError('limit', row.reason ?? 'The CRM asked us to wait; it goes on by itself.', {
          retryAfterMs: row.pausedMs,
        });
      if (row.waitMs > PATIENCE_MS)
        throw new CrmError('limit', 'The CRM takes no more at a time; it goes on by itself.', {
          retryAfterMs: row.waitMs,
        });
      if (row.waitMs > 0) await sleep(row.waitMs);
    },

    async pause({ message, retryAfterMs }) {
      const until = new Date(clock.now().getTime() + (retryAfterMs ?? PAUSE_MS));
      await pool.query(
        `update connector set paused_until = $2, pause_reason = $3
         where id = $1 and (paused_until is null or paused_until < $2)`,
        [connectorId, until, message],
      );
    },
  };
}
