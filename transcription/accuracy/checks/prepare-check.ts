import { randomInt } from 'node:crypto';
import type { Tx } from '../../../platform/database/database.ts';
import { newId } from '../../../platform/new-id.ts';
import type { Platform } from '../../../platform/platform.ts';
import { newObjectKey } from '../../anonymous/object-keys.ts';

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'objects'>;

/**
 * Gives a drawn text what is typed again: a dictation of its own with a copy of the audio, and a job that looks like
 * any other, which whoever worked on the first text can't take.
 *
 * The audio is copied before the transaction, under a key of its own. Done twice, or at once by two: the check's row is
 * locked, the later one finds it done and removes its copy. Killed in the middle: an object nobody points to is left.
 * Out: whether it is there now.
 */
export async function prepareCheck(platform: Dependencies, checkId: string): Promise<boolean> {
  const { clock, database, events, log, objects } = platform;
  const { prisma } = database;
  const check = await prisma.accuracyCheck.findUnique({
    where: { id: checkId },
    select: { status: true, dictation: { select: { audioKey: true } } },
  });
  if (check?.status !== 'sampled') return false;
  const audioKey = check.dictation.audioKey;
  if (audioKey === null) {
    await prisma.accuracyCheck.updateMany({
      where: { id: checkId, status: 'sampled' },
      data: { status: 'dropped', dropReason: 'audio_gone' },
    });
    return false;
  }
  const copyId = newId(clock.now().getTime());
  const copyKey = newObjectKey('dictations', copyId);
  const { stream, contentType, totalBytes } = await objects.get(audioKey);
  const stored = await objects.put(copyKey, stream, { contentType });
  const jobId =
    stored.bytes === totalBytes
      ? await prisma.$transaction((tx) =>
          writeCopy(tx, { checkId, copyId, copyKey, audioKey, now: clock.now() }),
        )
      : null;
  if (!jobId) {
    await objects.delete(copyKey);
    return false;
  }
  log.info({ checkId, jobId }, 'a text is typed a second time');
  await events.publish('job.changed', { jobId });
  return true;
}

/** Locks the check's row. Out: the new job; null when somebody else was first or the audio is another by now. */
async function writeCopy(
  tx: Tx,
  {
    checkId,
    copyId,
    copyKey,
    audioKey,
    now,
  }: Record<'checkId' | 'copyId' | 'copyKey' | 'audioKey', string> & { now: Date },
): Promise<string | null> {
  await tx.$queryRaw`select id from accuracy_check where id = ${checkId}::uuid for update`;
  const check = await tx.accuracyCheck.findUniqueOrThrow({
    where: { id: checkId },
    include: {
      dictation: {
        include: {
          line: { select: { turnaroundMinutes: true } },
          job: { select: { id: true, requirements: true, ownRequirements: true } },
        },
      },
    },
  });
  const said = check.dictation;
  if (check.status !== 'sampled' || said.audioKey !== audioKey || !said.job) return null;
  await tx.dictation.create({
    data: {
      id: copyId,
      reference: await freeReference(tx),
      checkOfId: said.id,
      lineId: said.lineId,
      speakerId: said.speakerId,
      accountId: said.accountId,
      status: 'submitted',
      startedAt: said.startedAt,
      submittedAt: now,
      audioKey: copyKey,
      audioBytes: said.audioBytes,
      sampleRate: said.sampleRate,
      peaks: said.peaks,
      peaksPerSecond: said.peaksPerSecond,
      durationSeconds: said.durationSeconds,
    },
  });
  const { id: jobId } = await tx.job.create({
    data: {
      id: newId(now.getTime()),
      dictationId: copyId,
      status: 'waiting',
      createdAt: now,
      dueAt: new Date(now.getTime() + said.line.turnaroundMinutes * 60_000),
      requirements: said.job.requirements,
      ownRequirements: said.job.ownRequirements,
    },
    select: { id: true },
  });
  await tx.jobEvent.create({ data: { jobId, kind: 'ready', at: now } });
  const seen = await whoKnows(tx, said.job.id, check.firstTypistId);
  await tx.jobExclusion.createMany({
    data: seen.map((userId) => ({ jobId, userId, reason: 'typed_before', createdAt: now })),
    skipDuplicates: true,
  });
  await tx.accuracyCheck.update({ where: { id: checkId }, data: { status: 'typing', copyId } });
  return jobId;
}

/** Everybody who had the job, typed some of it, or corrected its text. */
async function whoKnows(tx: Tx, jobId: string, typistId: string | null): Promise<string[]> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    select user_id as "userId" from job_event
    where job_id = ${jobId}::uuid and user_id is not null
      and kind in ('claimed', 'reclaimed', 'finalized', 'corrected')
    union select user_id from draft_version where job_id = ${jobId}::uuid and user_id is not null`;
  return [...new Set([...rows.map(({ userId }) => userId), ...(typistId ? [typistId] : [])])];
}

/** Seven digits that no dictation has. Two may still draw the same at once: the constraint refuses the second. */
async function freeReference(tx: Tx): Promise<string> {
  for (;;) {
    const reference = String(randomInt(1_000_000, 10_000_000));
    if (!(await tx.dictation.findUnique({ where: { reference }, select: { id: true } }))) return reference;
  }
}
