import type { Tx } from '../../platform/database/database.ts';
import { Conflict, InvalidInput, LeaseLost, NotFound } from '../../platform/errors.ts';
import { keepAnswers } from '../doubts/answer-job.ts';
import { readAnsweredPassage } from '../doubts/answer-to.ts';
import { moveMarks } from '../doubts/move-marks.ts';
import { noteTold, refuseUnheard } from '../jobs/late-audio.ts';
import { keepFoundNames } from '../vocabulary/keep-found-names.ts';
import { applyCorrection, planCorrection } from './correct-by-answer.ts';
import type { SettledInput } from './finalize-schema.ts';
import {
  type FinalizeDependencies,
  type FinalizedReport,
  type FinalizeHooks,
  planFor,
  tellCommitted,
} from './finalizing.ts';
import { placeUnits } from './place-units.ts';
import { reportColumns, writeUnits, writeValues } from './write-report.ts';

export type { AfterFinalize, AfterTranscript, FinalizedReport, FinalizeHooks } from './finalizing.ts';

export interface FinalizeJob extends SettledInput {
  jobId: string;
  leaseToken: string;
  userId: string;
}

export interface Finalized {
  /** Null for a line whose texts make no reports. */
  reportId: string | null;
  reference: string;
}

/**
 * The text is final. In one transaction: transcript, report, numbered units with codes, field values, contacts,
 * next steps, job and dictation, and what the hooks write.
 *
 * The answer to an unclear passage of a finished report makes no report: it corrects that one.
 *
 * Sent twice with the same lease: the same report. Two at once: the job's row is locked, the later one finds it
 * finalized. A lost lease, or anything that fails: nothing is written.
 * @throws NotFound no such job
 * @throws LeaseLost the job went to somebody else, or was finalized by somebody else
 * @throws LateAudio there is more to hear than when the job was claimed; said once
 * @throws SpeakerIsAdding the speaker goes on with it by phone at this moment
 * @throws InvalidInput the text is empty, or units, codes, references don't fit; the message says which
 */
export async function finalizeJob(
  platform: FinalizeDependencies,
  hooks: FinalizeHooks,
  input: FinalizeJob,
): Promise<Finalized> {
  const { clock, database, events } = platform;
  const { jobId, userId } = input;
  const job = await database.prisma.job.findUnique({
    where: { id: jobId },
    select: {
      dictationId: true,
      dictation: { select: { checkOfId: true, line: { select: { purpose: true } } } },
    },
  });
  if (!job) throw new NotFound(`No job ${jobId}`);
  const { dictationId } = job;
  if (input.text.trim() === '') {
    throw new InvalidInput(`Empty text for job ${jobId}`, {
      userMessage: 'There is no text yet. If nothing was said, close the job instead.',
    });
  }
  // Before the transaction: it takes long and locks nothing. A lost lease is found out inside.
  const correction = await planCorrection(platform, { dictationId, text: input.text });
  // A blind second typing of another's dictation: all that it makes is a text to compare.
  const isCheck = job.dictation.checkOfId !== null;
  const makesReport = job.dictation.line.purpose === 'report' && !correction && !isCheck;
  const plan = makesReport ? await planFor(platform, dictationId, input) : null;

  const write = database.prisma.$transaction(async (tx) => {
    const now = clock.now();
    const earlier = await lockJob(tx, input, now);
    if (earlier) return { ...earlier, written: null };
    await refuseUnheard(tx, jobId, dictationId);
    const dictation = await tx.dictation.findUniqueOrThrow({
      where: { id: dictationId },
      include: { speaker: { select: { region: true } } },
    });
    const last = await tx.transcript.aggregate({ where: { dictationId }, _max: { version: true } });
    const version = (last._max.version ?? 0) + 1;
    const transcript = await tx.transcript.create({
      data: {
        dictationId,
        version,
        text: input.text,
        anchors: input.anchors,
        authorId: userId,
        createdAt: now,
      },
      select: { id: true },
    });
    await tx.job.update({
      where: { id: jobId },
      data: { status: 'finalized', leaseExpiresAt: null, finalizedById: userId, finalizedAt: now },
    });
    await tx.jobEvent.create({ data: { jobId, kind: 'finalized', userId, at: now } });
    await tx.dictation.update({ where: { id: dictationId }, data: { status: 'transcribed' } });

    const typed = await tx.draft.findUnique({ where: { jobId }, select: { text: true } });
    await moveMarks(tx, jobId, { before: typed?.text ?? '', after: input.text });
    if (!isCheck) await keepAnswers(tx, jobId, now);
    if (correction) {
      const written = await applyCorrection(tx, hooks, correction, { userId, now });
      return { reportId: correction.reportId, reference: correction.reference, written };
    }

    const { reference, answerId, contributionId } = dictation;
    if (!plan) {
      const told = { dictationId, transcriptId: transcript.id, text: input.text, answerId, contributionId };
      for (const hook of hooks.afterTranscript ?? []) await hook(tx, told);
      return { reportId: null, reference, written: null };
    }
    const report = await tx.report.create({
      data: {
        dictationId,
        transcriptId: transcript.id,
        speakerId: dictation.speakerId,
        region: dictation.speaker?.region ?? null,
        calledAt: dictation.startedAt,
        urgent: dictation.urgent,
        finalizedById: userId,
        finalizedAt: now,
        ...reportColumns(plan),
      },
      select: { id: true },
    });
    const places = placeUnits(plan.units, input, dictation);
    const unitIds = await writeUnits(
      tx,
      { reportId: report.id, transcriptId: transcript.id, version, userId },
      plan.units.map((unit, at) => ({
        ...unit,
        audioStartMs: 0,
        audioEndMs: 0,
        ...places[at],
        number: at + 1,
      })),
    );
    await writeValues(tx, { reportId: report.id, userId }, plan, unitIds);
    await keepFoundNames(tx, report.id, now);
    const written: FinalizedReport = { reportId: report.id, transcriptVersion: version, kind: 'finalized' };
    for (const hook of hooks.afterFinalize) await hook(tx, written);
    return { reportId: report.id, reference, written };
  });
  const done = await write.catch(noteTold(platform, jobId, userId));

  await events.publish('job.changed', { jobId });
  if (done.written) await tellCommitted(platform, hooks, done.written);
  return { reportId: done.reportId, reference: done.reference };
}

/**
 * In: job, token, time. Out: the result when this very lease has finalized it already, else undefined; the row
 * stays locked until the transaction ends.
 */
async function lockJob(
  tx: Tx,
  { jobId, leaseToken }: { jobId: string; leaseToken: string },
  now: Date,
): Promise<Finalized | undefined> {
  const [job] = await tx.$queryRaw<{ status: string; ours: boolean; lasts: boolean }[]>`
    select status::text, coalesce(lease_token = ${leaseToken}::uuid, false) as ours,
           coalesce(lease_expires_at > ${now}, false) as lasts
    from job where id = ${jobId}::uuid for update`;
  if (!job) throw new NotFound(`No job ${jobId}`);
  if (job.status === 'finalized' && job.ours) {
    const { dictation } = await tx.job.findUniqueOrThrow({
      where: { id: jobId },
      select: { dictation: { select: { id: true, reference: true, report: { select: { id: true } } } } },
    });
    const corrected = dictation.report ? null : await readAnsweredPassage(tx, dictation.id);
    if (corrected) return { reportId: corrected.reportId, reference: corrected.reference };
    return { reportId: dictation.report?.id ?? null, reference: dictation.reference };
  }
  if (job.status === 'finalized' || job.status === 'closed') {
    throw new Conflict(`Job ${jobId} is ${job.status} already`, {
      userMessage: 'This job was finished by somebody else. Your text was not saved over theirs.',
    });
  }
  if (job.status !== 'claimed' || !job.ours || !job.lasts)
    throw new LeaseLost(`The lease on job ${jobId} is lost`);
  return undefined;
}
