import { z } from 'zod';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import { id, time, timeOf } from '../api.ts';

const status = z.enum(['open', 'held', 'submitted', 'transcribed', 'discarded']);
export const dictationStatus = status;

export const dictationRow = z.object({
  id,
  reference: z.string().describe('Seven digits, as read to the speaker'),
  status,
  lineId: id,
  speaker: z.object({ id, name: z.string() }).nullable().describe('Null on survey lines'),
  urgent: z.boolean(),
  startedAt: time,
  submittedAt: time.nullable(),
  durationSeconds: z.number().nullable(),
  jobId: id.nullable(),
  jobStatus: z.enum(['preparing', 'waiting', 'claimed', 'on_hold', 'finalized', 'closed']).nullable(),
  reportId: id.nullable(),
});

export const dictationDetail = dictationRow.extend({
  discardReason: z.string().nullable(),
  recordings: z.array(
    z.object({
      id,
      part: z.int(),
      status: z.enum(['expected', 'announced', 'verified', 'empty', 'dead', 'destroyed']),
      dropped: z.boolean().describe('The speaker took it back'),
      seam: z.boolean().describe('Begins after a dropped line'),
      durationSeconds: z.number().nullable(),
      contentType: z.string().nullable(),
      bytes: z.int().nullable(),
      sha256: z.string().nullable(),
      verifiedAt: time.nullable(),
      carrierDeletedAt: time.nullable(),
      destroyedAt: time.nullable(),
    }),
  ),
});

export const rowInclude = {
  speaker: { select: { id: true, name: true } },
  job: { select: { id: true, status: true } },
  report: { select: { id: true } },
} satisfies Prisma.DictationInclude;

type Row = Prisma.DictationGetPayload<{ include: typeof rowInclude }>;

export function toDictationRow(row: Omit<Row, 'peaks'>): z.infer<typeof dictationRow> {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    lineId: row.lineId,
    speaker: row.speaker,
    urgent: row.urgent,
    startedAt: row.startedAt.toISOString(),
    submittedAt: timeOf(row.submittedAt),
    durationSeconds: row.durationSeconds,
    jobId: row.job?.id ?? null,
    jobStatus: row.job?.status ?? null,
    reportId: row.report?.id ?? null,
  };
}
