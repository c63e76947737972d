import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { JobStatus, LinePurpose } from '../../prisma/generated/client/enums.ts';
import { type AnsweredPassage, readAnsweredPassage } from '../doubts/answer-to.ts';
import { type Doubt, readDoubts } from '../doubts/doubt.ts';
import { type LikelyAccount, likelyAccounts } from './likely-accounts.ts';
import { readSaidFor, type SaidFor } from './said-for.ts';
import { EMPTY_DRAFT, readDraft, type SavedDraft } from './save-draft.ts';

/** Everything that the workbench shows of a job. */
export interface JobDetail {
  id: string;
  status: JobStatus;
  dueAt: Date;
  createdAt: Date;
  requirements: string[];
  /** What whoever handed it over wrote to whoever has it now. */
  handover: { note: string; by: string } | null;
  claimedBy: { id: string; name: string } | null;
  /** Proof of the claim, for the holder only: hand it to nobody else. */
  leaseToken: string | null;
  leaseExpiresAt: Date | null;
  dictation: {
    id: string;
    reference: string;
    startedAt: Date;
    urgent: boolean;
    durationSeconds: number | null;
    speaker: { id: string; name: string; territory: string | null; region: string | null } | null;
    line: { id: string; name: string; purpose: LinePurpose };
    /** Where in the audio a part begins that was recorded after a dropped line. */
    seamsMs: number[];
    /** Parts that the carrier announced, or was told to make, and that are not here (yet). */
    missingParts: number;
    audioUrl: string;
    peaksUrl: string;
  };
  draft: Omit<SavedDraft, 'savedAt'> & { savedAt: Date | null };
  /** Unclear passages of the draft, by their place in it. */
  doubts: Doubt[];
  /** The passage of a finished report that this dictation says again; what is typed takes its place. */
  answerTo: AnswerTo | null;
  /** The report that it was found to go on with, whose text was final. */
  continues: { reference: string; reportId: string | null } | null;
  /** The section or the question that it was said for; null for reports. */
  saidFor: SaidFor | null;
  /** Likely ones first. */
  accounts: LikelyAccount[];
  standingQuestions: { id: string; text: string }[];
}

export interface AnswerTo
  extends Pick<AnsweredPassage, 'doubtId' | 'kind' | 'note' | 'reportId' | 'reference'> {
  passage: string;
  /** What stands around it, cut where it is long. */
  before: string;
  behind: string;
  /** How the passage was said first: a piece of that dictation's audio. */
  audioUrl: string;
  audioMs: number;
  audioEndMs: number | null;
}

/** Characters of the text around a passage that tell where one is. */
const CONTEXT = 240;

function toAnswerTo({ text, start, end, dictationId, version: _, ...passage }: AnsweredPassage): AnswerTo {
  return {
    ...passage,
    passage: text.slice(start, end),
    before: start > CONTEXT ? `…${text.slice(start - CONTEXT, start)}` : text.slice(0, start),
    behind: end + CONTEXT < text.length ? `${text.slice(end, end + CONTEXT)}…` : text.slice(end),
    audioUrl: `/api/v1/dictations/${dictationId}/audio`,
  };
}

/**
 * Ids of the accounts that a job is probably about, without all the rest that the workbench shows of it.
 * @throws NotFound
 */
export async function readLikelyAccountIds(
  platform: Pick<Platform, 'database'>,
  jobId: string,
): Promise<Set<string>> {
  const { prisma, pool } = platform.database;
  const job = await prisma.job.findUnique({
    where: { id: jobId },
    select: {
      dictation: {
        select: { accountId: true, startedAt: true, speaker: { select: { id: true, region: true } } },
      },
    },
  });
  if (!job) throw new NotFound(`No job ${jobId}`);
  const { accountId, startedAt, speaker } = job.dictation;
  const draft = await readDraft(pool, jobId);
  const accounts = await likelyAccounts(platform, {
    speaker,
    namedAccountId: accountId,
    text: draft?.text ?? EMPTY_DRAFT.text,
    saidAt: startedAt,
  });
  return new Set(accounts.map((account) => account.id));
}

/** @throws NotFound */
export async function readJob(platform: Pick<Platform, 'database'>, jobId: string): Promise<JobDetail> {
  const { prisma, pool } = platform.database;
  const job = await prisma.job.findUnique({
    where: { id: jobId },
    include: {
      claimedBy: { select: { id: true, name: true } },
      reservedBy: { select: { name: true } },
      dictation: {
        select: {
          id: true,
          reference: true,
          startedAt: true,
          urgent: true,
          durationSeconds: true,
          accountId: true,
          continues: { select: { reference: true, report: { select: { id: true } } } },
          speaker: { select: { id: true, name: true, territory: true, region: true } },
          line: { select: { id: true, name: true, purpose: true } },
          recordings: {
            where: { dropped: false },
            orderBy: { part: 'asc' },
            select: { status: true, seam: true, audioStartMs: true },
          },
        },
      },
    },
  });
  if (!job) throw new NotFound(`No job ${jobId}`);
  const { accountId, continues, recordings, ...dictation } = job.dictation;
  const saved = await readDraft(pool, jobId);
  const draft = saved ?? { ...EMPTY_DRAFT, savedAt: null };
  const [doubts, passage, saidFor, accounts, standingQuestions] = await Promise.all([
    readDoubts(pool, { jobId }),
    readAnsweredPassage(prisma, dictation.id),
    readSaidFor(platform.database, dictation.id),
    likelyAccounts(platform, {
      speaker: dictation.speaker,
      namedAccountId: accountId,
      text: draft.text,
      saidAt: dictation.startedAt,
    }),
    prisma.standingQuestion.findMany({
      where: { closedAt: null },
      orderBy: { createdAt: 'asc' },
      select: { id: true, text: true },
    }),
  ]);
  return {
    id: job.id,
    status: job.status,
    dueAt: job.dueAt,
    createdAt: job.createdAt,
    requirements: job.requirements,
    handover: job.handoverNote ? { note: job.handoverNote, by: job.reservedBy?.name ?? '' } : null,
    claimedBy: job.status === 'claimed' ? job.claimedBy : null,
    leaseToken: job.status === 'claimed' ? job.leaseToken : null,
    leaseExpiresAt: job.leaseExpiresAt,
    dictation: {
      ...dictation,
      seamsMs: recordings.flatMap(({ seam, audioStartMs }) =>
        seam && audioStartMs !== null && audioStartMs > 0 ? [audioStartMs] : [],
      ),
      missingParts: recordings.filter(({ status }) => ['expected', 'announced', 'dead'].includes(status))
        .length,
      audioUrl: `/api/v1/dictations/${dictation.id}/audio`,
      peaksUrl: `/api/v1/dictations/${dictation.id}/peaks`,
    },
    draft,
    doubts,
    answerTo: passage && toAnswerTo(passage),
    continues: continues && { reference: continues.reference, reportId: continues.report?.id ?? null },
    saidFor,
    accounts,
    standingQuestions,
  };
}
