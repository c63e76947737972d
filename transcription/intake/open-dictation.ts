import { randomInt } from 'node:crypto';
import type pg from 'pg';

/** References are drawn from 9 million; with a million of them in use 20 draws fail once in 10^19 times. */
const DRAWS = 20;

/** What a dictation is said for. */
export type DictationFor =
  | { kind: 'report'; accountId: string | null }
  | { kind: 'answer'; answerId: string }
  | { kind: 'contribution'; contributionId: string }
  /** A passage of an earlier dictation, said again. */
  | { kind: 'doubt'; doubtId: string };

export interface OpenDictation {
  dictationId: string;
  lineId: string;
  /** Null on survey lines. */
  speakerId: string | null;
  for: DictationFor;
  now: Date;
}

/**
 * In: ids made by the caller. Out: the new dictation's reference, seven digits that are read to the speaker: the
 * first of some drawn ones that is free. One statement, inserts one row and locks nothing else.
 *
 * Should another transaction take the same reference at this very moment the unique index refuses it, the step
 * fails, and the carrier's next try draws again; drawing again here would cost every call a round trip.
 */
export async function openDictation(
  client: pg.ClientBase,
  { dictationId, lineId, speakerId, for: said, now }: OpenDictation,
): Promise<{ reference: string }> {
  const drawn = Array.from({ length: DRAWS }, () => String(randomInt(1_000_000, 10_000_000)));
  const { rows } = await client.query<{ reference: string }>({
    name: 'intake-open-dictation',
    text: `
      insert into dictation (id, reference, line_id, speaker_id, started_at, account_id, answer_id,
        contribution_id, doubt_id)
      select $1, drawn, $3, $4, $5, $6, $7, $8, $9 from unnest($2::text[]) drawn
      where not exists (select from dictation where reference = drawn) limit 1
      returning reference`,
    values: [
      dictationId,
      drawn,
      lineId,
      speakerId,
      now,
      said.kind === 'report' ? said.accountId : null,
      said.kind === 'answer' ? said.answerId : null,
      said.kind === 'contribution' ? said.contributionId : null,
      said.kind === 'doubt' ? said.doubtId : null,
    ],
  });
  const [opened] = rows;
  if (opened === undefined)
    throw new Error(`No free reference for dictation ${dictationId} in ${DRAWS} draws`);
  return opened;
}
