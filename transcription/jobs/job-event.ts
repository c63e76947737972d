import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';

/** What happens to a job, kept for ever in its history. */
export type JobEventKind =
  | 'ready'
  | 'audio_rebuilt'
  /** Its holder was told that there is more to hear. */
  | 'audio_told'
  | 'continuation'
  /** Its speaker called again and goes on with it. */
  | 'resumed'
  | 'claimed'
  | 'reclaimed'
  | 'released'
  | 'lease_lost'
  /** Waits for the speaker's answer to a doubt. */
  | 'held'
  | 'hold_over'
  /** To a named person, with a note. */
  | 'handed_over'
  /** By a supervisor: to a person, or back to all. */
  | 'reassigned'
  | 'paused'
  | 'resumed_work'
  /** Due time, class or what it asks of a person was changed by hand. */
  | 'changed'
  | 'closed'
  | 'finalized'
  | 'corrected';

/** Adds to the job's history, in the caller's transaction. */
export async function addJobEvent(
  client: pg.ClientBase,
  event: { jobId: string; kind: JobEventKind; userId: string | null; reason?: string; at: Date },
): Promise<void> {
  await client.query({
    name: 'jobs-add-event',
    text: 'insert into job_event (id, job_id, kind, user_id, reason, at) values ($1, $2, $3, $4, $5, $6)',
    values: [newId(), event.jobId, event.kind, event.userId, event.reason ?? null, event.at],
  });
}
