import type pg from 'pg';
import { newId } from '../../platform/new-id.ts';
import { partsOf, type SpokenPart } from './find-unfinished.ts';
import { lockDictation } from './lock-dictation.ts';
import type { DictationFor } from './open-dictation.ts';

export interface ResumeDictation {
  dictationId: string;
  speakerId: string;
  now: Date;
}

export type ResumedDictation =
  | {
      kind: 'resumed';
      reference: string;
      urgent: boolean;
      for: DictationFor;
      /** The account's name, if the speaker named it by key. */
      about: string | null;
      parts: SpokenPart[];
    }
  /** Its text is final: what is added now must be a dictation of its own. */
  | { kind: 'typed'; reference: string; for: DictationFor; about: string | null }
  /** Somebody else's, gone on with in another call, or discarded. */
  | { kind: 'gone' };

interface Row {
  isResumed: boolean;
  isTyped: boolean;
  isMine: boolean;
  reference: string;
  urgent: boolean;
  accountId: string | null;
  contributionId: string | null;
  answerId: string | null;
  doubtId: string | null;
  about: string | null;
  parts: SpokenPart[];
}

/**
 * The speaker goes on with a dictation that was held, or that a broken line cut off: it is open again, and a job
 * that nobody has claimed goes back to `preparing`. Under somebody's hands it stays there, and the audio grows when the
 * dictation is submitted again (see dictations/plan-settling.ts).
 *
 * Done at once by two calls: one of them finds it open, hence gone. Killed before the call ends: the dictation is
 * open in a call, whose end, told or found out, submits it.
 *
 * Locks the job, as finalizing does, then the dictation. One round trip.
 */
export async function resumeDictation(
  client: pg.ClientBase,
  { dictationId, speakerId, now }: ResumeDictation,
): Promise<ResumedDictation> {
  const [, , { rows }] = await Promise.all([
    client.query({
      name: 'intake-lock-job',
      text: 'select from job where dictation_id = $1 for no key update',
      values: [dictationId],
    }),
    lockDictation(client, dictationId),
    client.query<Row>({
      name: 'intake-resume-dictation',
      text: `
        with resumed as (
          update dictation d set status = 'open', held_at = null, dropped_at = null
          where id = $1 and speaker_id = $2
            and (status = 'held' or (status = 'submitted' and dropped_at is not null))
            and not exists (select from job where dictation_id = $1 and status in ('finalized', 'closed'))
          returning id
        ), put_back as (
          update job set status = 'preparing' from resumed
          where job.dictation_id = resumed.id and job.status = 'waiting'
        ), noted as (
          insert into job_event (id, job_id, kind, user_id, at)
          select $4, job.id, 'resumed', $2, $3 from resumed join job on job.dictation_id = resumed.id
        )
        select exists (select from resumed) as "isResumed", d.status = 'transcribed' as "isTyped",
          d.speaker_id = $2 as "isMine", d.reference, d.urgent, d.account_id as "accountId",
          d.contribution_id as "contributionId", d.answer_id as "answerId", d.doubt_id as "doubtId",
          a.name as about, parts.list as parts
        from dictation d left join account a on a.id = d.account_id
        cross join lateral (${partsOf('d.id')}) parts
        where d.id = $1`,
      values: [dictationId, speakerId, now, newId()],
    }),
  ]);
  const [row] = rows;
  if (row === undefined || !row.isMine) return { kind: 'gone' };
  const { reference, urgent, about, parts } = row;
  if (row.isResumed) return { kind: 'resumed', reference, urgent, for: saidFor(row), about, parts };
  return row.isTyped ? { kind: 'typed', reference, for: saidFor(row), about } : { kind: 'gone' };
}

function saidFor({ accountId, contributionId, answerId, doubtId }: Row): DictationFor {
  if (contributionId !== null) return { kind: 'contribution', contributionId };
  if (answerId !== null) return { kind: 'answer', answerId };
  if (doubtId !== null) return { kind: 'doubt', doubtId };
  return { kind: 'report', accountId };
}

/** The speaker was offered to go on and doesn't want to: not offered again. Done twice it changes nothing. */
export async function leaveDropped(
  client: pg.ClientBase,
  { dictationId }: { dictationId: string },
): Promise<void> {
  await client.query({
    name: 'intake-leave-dropped',
    text: 'update dictation set dropped_at = null where id = $1 and dropped_at is not null',
    values: [dictationId],
  });
}
