import type pg from 'pg';
import { z } from 'zod';
import type { DoubtKind } from '../../prisma/generated/client/enums.ts';

/**
 * A passage that a transcriptionist could not settle.
 *
 *     marked ──ask──▶ asked ──said again──▶ answered      (an answer is a dictation with the doubt's id)
 *                       └──"I don't know any more"──▶ unknown
 *     answered, unknown ──ask again──▶ asked
 *     any ──resolve──▶ resolved ──an answer comes all the same──▶ answered
 *     marked ──remove──▶ gone           (once asked it is only ever resolved: an answer may be on its way)
 *
 * Offsets follow the text: of the draft, then of the report's text in force.
 */
export const doubtKinds = ['inaudible', 'unsure_word', 'unsure_spelling', 'lost_signal'] as const;

export type DoubtState = 'marked' | 'asked' | 'answered' | 'unknown' | 'resolved';

export interface Doubt {
  id: string;
  kind: DoubtKind;
  state: DoubtState;
  /** UTF-16 offsets; the same: a point in the text. */
  start: number;
  end: number;
  /** Where in the dictation's audio it is said. */
  audioMs: number;
  audioEndMs: number;
  note: string | null;
  askedAt: Date | null;
  askedBy: { id: string; name: string } | null;
  answeredAt: Date | null;
  /** What the speaker said to it, oldest first. */
  answers: DoubtAnswer[];
}

export interface DoubtAnswer {
  dictationId: string;
  durationSeconds: number;
  audioUrl: string;
}

const offset = z.number().int().min(0);
const inOrder = { message: 'A passage ends behind its start.' };

/** Passages of a text that is saved, by their doubt's id. */
export const marksSchema = z
  .array(
    z.object({ id: z.uuid(), start: offset, end: offset }).refine(({ start, end }) => start <= end, inOrder),
  )
  .max(1_000);
export type Mark = z.infer<typeof marksSchema>[number];

interface DoubtRow extends Omit<Doubt, 'state' | 'audioEndMs' | 'answers'> {
  audioEndMs: number | null;
  resolvedAt: Date | null;
  answers: { dictationId: string; durationSeconds: number }[];
}

/** A passage without an end: what one says in a breath. */
const BREATH_MS = 3_000;

/** In: jobs. Out: their doubts by place in the text, with the answers that can be heard. Locks nothing. */
export async function readDoubts(
  client: pg.ClientBase | pg.Pool,
  { jobId, doubtId }: { jobId: string; doubtId?: string },
): Promise<Doubt[]> {
  const { rows } = await client.query<DoubtRow>({
    name: 'doubts-read',
    text: `
      select m.id, m.kind, m.start_offset as start, m.end_offset as end, m.audio_ms as "audioMs",
             m.audio_end_ms as "audioEndMs", m.note, m.asked_at as "askedAt", m.answered_at as "answeredAt",
             m.resolved_at as "resolvedAt",
             case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as "askedBy",
             coalesce((select json_agg(json_build_object('dictationId', d.id, 'durationSeconds', d.duration_seconds)
                                       order by d.started_at, d.id)
                       from dictation d where d.doubt_id = m.id and d.audio_key is not null), '[]') as answers
      from doubt_mark m left join app_user u on u.id = m.asked_by_id
      where m.job_id = $1 and ($2::uuid is null or m.id = $2)
      order by m.start_offset, m.id`,
    values: [jobId, doubtId ?? null],
  });
  return rows.map(({ resolvedAt, ...row }) => ({
    ...row,
    state: stateOf({ ...row, resolvedAt }),
    audioEndMs: row.audioEndMs ?? row.audioMs + BREATH_MS,
    answers: row.answers.map((answer) => ({
      ...answer,
      audioUrl: `/api/v1/dictations/${answer.dictationId}/audio`,
    })),
  }));
}

function stateOf({
  askedAt,
  answeredAt,
  resolvedAt,
  answers,
}: Pick<DoubtRow, 'askedAt' | 'answeredAt' | 'resolvedAt' | 'answers'>): DoubtState {
  if (resolvedAt) return 'resolved';
  if (answeredAt) return answers.length > 0 ? 'answered' : 'unknown';
  return askedAt ? 'asked' : 'marked';
}
