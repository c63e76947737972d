import type pg from 'pg';
import { readPhoneSettings } from './phone-settings.ts';

export interface SpokenPart {
  recordingId: string;
  /** Its place in the dictation. */
  part: number;
  /** As far as anybody knows; null while the carrier has not said anything. */
  seconds: number | null;
  /** Nothing was recorded. */
  empty: boolean;
  dropped: boolean;
}

export interface Unfinished {
  dictationId: string;
  /** `dropped`: the line broke in mid-speech. `connected`: so it did, but the carrier has not noticed yet. */
  kind: 'dropped' | 'connected' | 'held';
  /** When it was put on hold, or the line broke. */
  at: Date;
  /** The account, if the speaker named it by key. */
  about: string | null;
  parts: SpokenPart[];
  /** The call that still holds it; of `connected` only. */
  callId: string | null;
}

interface UnfinishedRow extends Omit<Unfinished, 'at'> {
  at: Date | null;
  endReason: string | null;
}

/** What was begun before is neither cut off lately nor, for as long as things may be on hold, gone on with since. */
const LATEST_MS = 16 * 24 * 3_600_000;

/**
 * What this speaker began and did not finish, for the line that they have called: the dictation that a broken line
 * cut off, if the time to go on with it isn't over, first; then those on hold, oldest first. A report may be gone on
 * with from any report line; anything else only from the line that it was begun on.
 *
 * In: a speaker, a line and the call that asks. One round trip; locks nothing.
 */
export async function findUnfinished(
  client: pg.ClientBase,
  { speakerId, lineId, callId, now }: { speakerId: string; lineId: string; callId: string; now: Date },
): Promise<Unfinished[]> {
  const [{ rows }, settings] = await Promise.all([
    client.query<UnfinishedRow>({
      name: 'intake-find-unfinished',
      text: `
        with candidate as (
          select id, 'held' as kind, held_at as at, null::uuid as "callId"
          from dictation where status = 'held' and speaker_id = $1
          union all
          select id, 'dropped', dropped_at, null
          from dictation
          where speaker_id = $1 and started_at > $4 and status in ('submitted', 'transcribed')
            and dropped_at is not null
          union all
          select d.id, 'connected', null, c.id
          from call c join dictation d on d.id = (c.state -> 'dictation' ->> 'dictationId')::uuid
          where c.user_id = $1 and c.started_at > $4 and c.status = 'in_progress' and c.id <> $3
            and c.state ->> 'at' = 'recording' and d.status = 'open'
        )
        select candidate.id as "dictationId", candidate.kind, candidate.at, candidate."callId", a.name as about,
          parts.list as parts,
          (select c.end_reason from recording r join call c on c.id = r.call_id
           where r.dictation_id = d.id order by r.part desc limit 1) as "endReason"
        from candidate
        join dictation d on d.id = candidate.id
        join line l on l.id = d.line_id
        join line here on here.id = $2 and (here.id = l.id or (here.purpose = 'report' and l.purpose = 'report'))
        left join account a on a.id = d.account_id
        cross join lateral (${partsOf('d.id')}) parts
        where d.doubt_id is null
        order by candidate.at`,
      values: [speakerId, lineId, callId, new Date(now.getTime() - LATEST_MS)],
    }),
    readPhoneSettings(client),
  ]);
  const found = rows.map(({ endReason, at, ...row }) => ({
    minutes: isFailure(endReason) ? settings.resumeAfterFailureMinutes : settings.resumeMinutes,
    unfinished: { ...row, at: at ?? now },
  }));
  const cutOff = found
    .filter(({ unfinished: { kind, at }, minutes }) => {
      if (kind === 'held' || minutes === 0) return false;
      return now.getTime() - at.getTime() <= minutes * 60_000;
    })
    .map(({ unfinished }) => unfinished)
    .at(-1);
  const held = found.map(({ unfinished }) => unfinished).filter(({ kind }) => kind === 'held');
  return cutOff === undefined ? held : [cutOff, ...held];
}

function isFailure(endReason: string | null): boolean {
  return endReason !== null && endReason !== 'completed';
}

/** A part of a statement. In: what names a dictation's id. Out: its recordings as `list`, in order. */
export function partsOf(dictationId: string): string {
  return `
    select coalesce(jsonb_agg(jsonb_build_object(
      'recordingId', r.id,
      'part', r.part,
      'seconds', coalesce(round(r.duration_seconds)::int, r.announced_seconds),
      'empty', r.status = 'empty',
      'dropped', r.dropped or r.status = 'destroyed'
    ) order by r.part), '[]') as list
    from recording r where r.dictation_id = ${dictationId}`;
}
