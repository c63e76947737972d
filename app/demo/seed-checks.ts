import { randomUUID } from 'node:crypto';
import { createSettableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { prepareCheck } from '../../transcription/accuracy/checks/prepare-check.ts';
import { sampleOrCompare } from '../../transcription/accuracy/hooks.ts';
import { decideDifference } from '../../transcription/accuracy/settling/decide-difference.ts';
import { readCheck } from '../../transcription/accuracy/settling/read-check.ts';
import { settleCheck } from '../../transcription/accuracy/settling/settle-check.ts';
import { anchorsSchema } from '../../transcription/jobs/save-draft.ts';
import { finalizeJob } from '../../transcription/reports/finalize-job.ts';
import { demoNumber } from './demo-id.ts';
import type { FinishedDemoReport } from './seed-readings.ts';

/** As many as make a figure, and one that waits to be settled. */
const CHECKS = 12;
const SHARE = 0.3;
const HOUR_MS = 3_600_000;

/** What is easily misheard: the words that are said, and what somebody typed instead. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/\bnot \b/, ''],
  [/\bThursday\b/, 'Tuesday'],
  [/\bfifteen\b/i, 'fifty'],
  [/\bwants\b/, 'wanted'],
  [/\bquote\b/, 'coat'],
  [/\bthe\b/, 'a'],
  [/\bnext week\b/, 'this week'],
];

/**
 * Some of the demo's texts were drawn, typed a second time by the other transcriptionist, with a slip here and there,
 * and settled by the administrator; the last one waits. Through the services that every check goes through. Cut short
 * it goes on where it was.
 */
export async function seedChecks(
  platform: Platform,
  finished: readonly FinishedDemoReport[],
  {
    typistIds,
    reviewerId,
    leaseExpiresAt,
  }: { typistIds: readonly string[]; reviewerId: string; leaseExpiresAt: Date },
): Promise<void> {
  const heard = finished
    .filter(({ planned }) => planned.kind === 'audio')
    .toSorted((a, b) => a.planned.report.id.localeCompare(b.planned.report.id))
    .slice(0, CHECKS);
  for (const [at, report] of heard.entries()) {
    const checkId = await seedSecondText(platform, report, { typistIds, leaseExpiresAt });
    if (checkId !== null && at < heard.length - 1) await settle(platform, checkId, reviewerId);
  }
}

async function seedSecondText(
  platform: Platform,
  { planned, reportId }: FinishedDemoReport,
  { typistIds, leaseExpiresAt }: { typistIds: readonly string[]; leaseExpiresAt: Date },
): Promise<string | null> {
  const { prisma } = platform.database;
  const { dictation } = await prisma.report.findUniqueOrThrow({
    where: { id: reportId },
    select: {
      dictation: {
        select: {
          id: true,
          audioKey: true,
          job: { select: { finalizedById: true, finalizedAt: true } },
          transcripts: { where: { version: 1 } },
        },
      },
    },
  });
  const [first] = dictation.transcripts;
  const firstTypistId = dictation.job?.finalizedById ?? null;
  const typedAt = dictation.job?.finalizedAt;
  const secondTypistId = typistIds.find((id) => id !== firstTypistId);
  if (!first || !typedAt || !secondTypistId || dictation.audioKey === null) return null;
  const then = { ...platform, clock: createSettableClock(new Date(typedAt.getTime() + HOUR_MS)) };
  const { id: checkId } = await prisma.accuracyCheck.upsert({
    where: { dictationId: dictation.id },
    update: {},
    create: { dictationId: dictation.id, share: SHARE, firstTranscriptId: first.id, firstTypistId, typedAt },
  });
  await prepareCheck(then, checkId);
  const check = await prisma.accuracyCheck.findUniqueOrThrow({
    where: { id: checkId },
    select: { status: true, copy: { select: { job: { select: { id: true } } } } },
  });
  const jobId = check.copy?.job?.id;
  if (check.status !== 'typing' || !jobId) return checkId;
  const leaseToken = randomUUID();
  const claim = { status: 'claimed', claimedById: secondTypistId, leaseToken, leaseExpiresAt } as const;
  await prisma.job.update({ where: { id: jobId }, data: claim });
  await finalizeJob(
    then,
    { afterFinalize: [], afterTranscript: [sampleOrCompare(platform.config.secret)] },
    {
      jobId,
      leaseToken,
      userId: secondTypistId,
      text: slip(first.text, planned.report.id),
      anchors: anchorsSchema.parse(first.anchors),
      headingCertainty: 'suggested',
    },
  );
  return checkId;
}

/** A text with some slips of somebody who types it; the same each time. */
function slip(text: string, id: string): string {
  return SLIPS.reduce(
    (so, [said, typed], at) => (demoNumber(`slip ${id} ${at}`, 3) === 0 ? so.replace(said, typed) : so),
    text,
  );
}

/** The demo's first texts are right as they are. */
async function settle(platform: Platform, checkId: string, userId: string): Promise<void> {
  const { prisma } = platform.database;
  const { status, differences } = await readCheck(prisma, { checkId, userId });
  if (status !== 'to_settle') return;
  const { secondTypedAt } = await prisma.accuracyCheck.findUniqueOrThrow({ where: { id: checkId } });
  const clock = createSettableClock(new Date((secondTypedAt?.getTime() ?? 0) + HOUR_MS));
  for (const { id: differenceId } of differences)
    await decideDifference(platform, { checkId, differenceId, userId, verdict: 'first' });
  const { revision } = await readCheck(prisma, { checkId, userId });
  await settleCheck({ ...platform, clock }, { afterFinalize: [] }, { checkId, revision, userId });
}
