import { z } from 'zod';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import { day, dayOf, id, time, timeOf } from '../api.ts';

const person = z.object({ id, name: z.string() });
const certainty = z.enum(['suggested', 'confirmed', 'refused']);

export const reportRow = z.object({
  id,
  reference: z.string(),
  speaker: person.nullable(),
  account: z.object({ id, externalId: z.string(), name: z.string() }).nullable(),
  region: z.string().nullable(),
  calledAt: time.describe('When the call was made'),
  meetingDate: day.nullable(),
  meetingType: z.string().nullable(),
  stage: z.string().nullable(),
  sentiment: z.int().nullable(),
  urgent: z.boolean(),
  finalizedAt: time,
  firstReadAt: time.nullable(),
  firstRepliedAt: time.nullable(),
});

const unit = z.object({
  number: z.int(),
  text: z.string(),
  start: z.int().describe('UTF-16 offset into the transcript'),
  end: z.int(),
  para: z.boolean().describe('A new paragraph starts here'),
  audioStartMs: z.int().nullable(),
  audioEndMs: z.int().nullable(),
  codes: z
    .array(
      z.object({
        code: z.string(),
        certainty,
        confidence: z.number().nullable(),
        evidence: z.string().nullable(),
      }),
    )
    .describe('The main code first'),
});

const field = z.object({
  id,
  field: z.string(),
  position: z.int(),
  value: z.unknown(),
  display: z.string(),
  unit: z.int().nullable().describe('Number of the unit that says it'),
  certainty,
  confidence: z.number().nullable(),
  evidence: z.string().nullable(),
  confirmedBy: person.nullable(),
});

const syncEntry = z.object({
  id,
  connector: z.string(),
  objectType: z.string(),
  externalKey: z.string(),
  targetField: z.string(),
  fieldValueId: id.nullable(),
  nextStepId: id.nullable(),
  status: z.enum(['waiting', 'written', 'conflict', 'failed', 'skipped']),
  lastError: z.string().nullable(),
  writtenAt: time.nullable(),
});

export const reportDetail = reportRow.extend({
  dictationId: id,
  version: z.int().describe('Of the transcript in force'),
  text: z.string(),
  durationSeconds: z.number().nullable(),
  hasAudio: z.boolean(),
  finalizedBy: person.nullable(),
  units: z.array(unit),
  fields: z.array(field),
  contacts: z.array(z.object({ name: z.string(), externalId: z.string().nullable() })),
  nextSteps: z.array(
    z.object({
      id,
      position: z.int(),
      owner: z.string(),
      text: z.string(),
      due: day.nullable(),
      unit: z.int().nullable(),
      certainty,
      doneAt: time.nullable(),
    }),
  ),
  reads: z.array(z.object({ user: person, readAt: time })),
  replies: z.array(
    z.object({
      id,
      author: person,
      text: z.string(),
      createdAt: time,
      heardAt: time.nullable().describe('When the rep acknowledged it on the phone'),
    }),
  ),
  flags: z.array(
    z.object({ id, subject: z.string(), note: z.string(), createdAt: time, settledAt: time.nullable() }),
  ),
  sync: z.array(syncEntry),
  undelivered: z.boolean().describe('True while values are still on their way to the ledger'),
});

export const rowInclude = {
  dictation: { select: { reference: true, durationSeconds: true, audioKey: true } },
  speaker: { select: { id: true, name: true } },
  account: { select: { id: true, externalId: true, name: true } },
} satisfies Prisma.ReportInclude;

type Row = Prisma.ReportGetPayload<{ include: typeof rowInclude }>;

export function toReportRow(row: Row): z.infer<typeof reportRow> {
  return {
    id: row.id,
    reference: row.dictation.reference,
    speaker: row.speaker,
    account: row.account,
    region: row.region,
    calledAt: row.calledAt.toISOString(),
    meetingDate: dayOf(row.meetingDate),
    meetingType: row.meetingType,
    stage: row.stage,
    sentiment: row.sentiment,
    urgent: row.urgent,
    finalizedAt: row.finalizedAt.toISOString(),
    firstReadAt: timeOf(row.firstReadAt),
    firstRepliedAt: timeOf(row.firstRepliedAt),
  };
}
