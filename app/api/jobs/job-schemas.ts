import { z } from 'zod';
import type { JobDetail } from '../../../transcription/jobs/job-detail.ts';
import type { JobRow } from '../../../transcription/jobs/list-jobs.ts';
import { anchorsSchema, type SavedDraft } from '../../../transcription/jobs/save-draft.ts';
import { id, time, timeOf } from '../api.ts';
import { answerTo, doubt, toDoubt } from './doubt-schemas.ts';

export const status = z.enum(['preparing', 'waiting', 'claimed', 'on_hold', 'finalized', 'closed']);
const person = z.object({ id, name: z.string() });
const speaker = person.extend({ territory: z.string().nullable(), region: z.string().nullable() });
const line = person.extend({ purpose: z.enum(['report', 'survey', 'proposal']) });

export const jobRow = z.object({
  id,
  status,
  dueAt: time,
  createdAt: time,
  ageSeconds: z.number().int(),
  requirements: z.array(z.string()).describe('What a person must be or have to take it, e.g. language:es'),
  closeCode: z.string().nullable(),
  claimedBy: person.nullable(),
  leaseExpiresAt: time.nullable(),
  draftCharacters: z.number().int(),
  dictation: z.object({
    id,
    reference: z.string(),
    startedAt: time,
    urgent: z.boolean(),
    durationSeconds: z.number().nullable(),
  }),
  speaker: speaker.nullable(),
  line,
  openDoubts: z.number().int().describe('Unclear passages that nobody has settled'),
  answerTo: z
    .string()
    .nullable()
    .describe('Reference of the finished report of which this says an unclear passage again'),
  saidFor: z
    .string()
    .nullable()
    .describe('The section or the question that it was said for; null for reports'),
});

export function toJobRow(row: JobRow): z.infer<typeof jobRow> {
  return {
    ...row,
    dueAt: row.dueAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    leaseExpiresAt: timeOf(row.leaseExpiresAt),
    dictation: { ...row.dictation, startedAt: row.dictation.startedAt.toISOString() },
  };
}

export const draft = z.object({
  revision: z.number().int().describe('Rises by one with each save; a save names the one it was typed on'),
  text: z.string(),
  anchors: anchorsSchema,
  audioPositionMs: z.number(),
  review: z.unknown().describe('What has been settled so far in the review step; null before it'),
  savedAt: time.nullable(),
});

export function toDraft(
  saved: Omit<SavedDraft, 'savedAt'> & { savedAt: Date | null },
): z.infer<typeof draft> {
  return { ...saved, savedAt: timeOf(saved.savedAt) };
}

const contact = z.object({ id, externalId: z.string(), name: z.string(), title: z.string() });

export const jobDetail = z.object({
  id,
  status,
  dueAt: time,
  createdAt: time,
  requirements: z.array(z.string()),
  handover: z
    .object({ note: z.string(), by: z.string() })
    .nullable()
    .describe('What whoever handed it over wrote'),
  claimedBy: person.nullable(),
  leaseToken: id.nullable().describe('Only for the person who has the job: goes with every write'),
  leaseExpiresAt: time.nullable(),
  dictation: z.object({
    id,
    reference: z.string(),
    startedAt: time,
    urgent: z.boolean(),
    durationSeconds: z.number().nullable(),
    speaker: speaker.nullable(),
    line,
    seamsMs: z.array(z.number()).describe('Where a part begins that was recorded after a dropped line'),
    missingParts: z.number().int(),
    audioUrl: z.string(),
    peaksUrl: z.string(),
  }),
  draft,
  doubts: z.array(doubt).describe('Unclear passages, by their place in the draft'),
  answerTo: answerTo
    .nullable()
    .describe('The passage of a finished report that this says again: what is typed takes its place'),
  continues: z
    .object({ reference: z.string(), reportId: id.nullable() })
    .nullable()
    .describe('The report that it was found to go on with, whose text was final'),
  saidFor: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('contribution'),
        proposal: z.string(),
        section: z.object({ number: z.string(), title: z.string(), guidance: z.string() }),
      }),
      z.object({ kind: z.literal('answer'), survey: z.string(), question: z.string() }),
    ])
    .nullable()
    .describe('The section or the question that it was said for; null for reports'),
  accounts: z
    .array(
      z.object({
        id,
        externalId: z.string(),
        name: z.string(),
        city: z.string(),
        contacts: z.array(contact),
        because: z.enum(['named', 'mentioned', 'recent', 'own', 'region']),
      }),
    )
    .describe('Likely ones first'),
  standingQuestions: z.array(z.object({ id, text: z.string() })),
});

/** A job as `viewerId` may see it: the lease token is for its holder only. */
export function toJobDetail(job: JobDetail, viewerId: string): z.infer<typeof jobDetail> {
  return {
    ...job,
    dueAt: job.dueAt.toISOString(),
    createdAt: job.createdAt.toISOString(),
    leaseToken: job.claimedBy?.id === viewerId ? job.leaseToken : null,
    leaseExpiresAt: timeOf(job.leaseExpiresAt),
    dictation: { ...job.dictation, startedAt: job.dictation.startedAt.toISOString() },
    draft: toDraft(job.draft),
    doubts: job.doubts.map(toDoubt),
  };
}

/** Whose work jobs are. */
export const WORKERS = ['transcriptionist', 'administrator'] as const;
