import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { newObjectKey } from '../anonymous/object-keys.ts';
import { tellAnswered } from '../doubts/hold-job.ts';
import { lockDoubtsJob, recordAnswer } from '../doubts/record-answer.ts';
import { anchorsSchema } from '../jobs/save-draft.ts';
import { reckonJobs } from '../turnaround/reckon-jobs.ts';
import { continueDictation } from './continue-dictation.ts';
import { type LaidAudio, layParts } from './lay-parts.ts';
import { planSettling } from './plan-settling.ts';
import { settleDictationTask } from './tasks.ts';

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events' | 'log' | 'objects' | 'queues'>;

export type SettleOutcome = 'settled' | 'wait' | 'silent' | 'continued' | 'nothing';

/** A part that arrives while the audio is written makes us begin again; more often than this is left to the sweep. */
const ROUNDS = 3;

/**
 * Brings a dictation's audio and job to where its recordings say they should be; see `planSettling`.
 *
 * The audio is written before the transaction, under a key of its own, and only counts when the transaction finds
 * the same parts still wanted. Done twice: the second finds nothing to do. At once by two: the dictation's row is
 * locked, the later one finds it done. Killed in the middle: an object nobody points to is left behind, nothing
 * else.
 */
export async function settleDictation(platform: Dependencies, dictationId: string): Promise<SettleOutcome> {
  const { clock, database, events, log, objects, queues } = platform;
  for (let round = 1; round <= ROUNDS; round++) {
    const state = await readState(database.prisma, dictationId);
    if (!state) return 'nothing';
    const plan = planSettling(state, clock.now());
    if (plan.kind === 'nothing' || plan.kind === 'wait') return plan.kind;

    if (plan.kind === 'lay') {
      const objectKey = newObjectKey('dictations', dictationId);
      const audio = await layParts(objects, objectKey, plan.parts);
      const partIds = plan.parts.map((part) => part.id);
      const written = await database.prisma.$transaction((tx) =>
        recordAudio(tx, dictationId, {
          doubtId: state.doubtId,
          objectKey,
          audio,
          partIds,
          now: clock.now(),
        }),
      );
      if (!written) {
        await objects.delete(objectKey);
        continue;
      }
      if (written.replacedKey) {
        await objects
          .delete(written.replacedKey)
          .catch((err) => log.warn({ err, dictationId }, 'old audio left'));
      }
      log.info(
        { dictationId, parts: partIds.length, durationSeconds: audio.durationSeconds },
        'dictation settled',
      );
      if (written.jobId) await events.publish('job.changed', { jobId: written.jobId });
      else if (state.doubtId) await tellAnswered(platform, state.doubtId);
      return 'settled';
    }

    const done = await database.prisma.$transaction(async (tx) => {
      await lockDictation(tx, dictationId);
      const locked = await readState(tx, dictationId);
      if (!locked) return null;
      const now = planSettling(locked, clock.now());
      if (now.kind === 'silent') return { jobId: await closeAsSilent(tx, dictationId, clock.now()) };
      if (now.kind !== 'continue') return null;
      return continueDictation(tx, dictationId, now.parts, clock.now());
    });
    if (!done) continue;
    if (done.jobId) await events.publish('job.changed', { jobId: done.jobId });
    if (!('dictationId' in done)) return 'silent';
    log.info(
      { dictationId, continuationId: done.dictationId },
      'late recording became a dictation of its own',
    );
    await queues.wake(settleDictationTask, { dictationId: done.dictationId }, { key: done.dictationId });
    return 'continued';
  }
  return 'wait';
}

async function readState(tx: Tx, dictationId: string) {
  const dictation = await tx.dictation.findUnique({
    where: { id: dictationId },
    select: {
      status: true,
      submittedAt: true,
      audioKey: true,
      doubtId: true,
      job: { select: { id: true, status: true, closeCode: true } },
      recordings: {
        orderBy: { part: 'asc' },
        select: {
          id: true,
          part: true,
          status: true,
          dropped: true,
          audioStartMs: true,
          objectKey: true,
          durationSeconds: true,
        },
      },
    },
  });
  if (!dictation) return null;
  const parts = dictation.recordings.map((recording) => ({
    ...recording,
    objectKey: recording.objectKey ?? '',
    durationSeconds: recording.durationSeconds ?? 0,
  }));
  const { audioKey, doubtId } = dictation;
  return { ...dictation, parts, hasAudio: audioKey !== null, isAnswer: doubtId !== null };
}

/** In: dictation. Locks its row until the transaction ends, and so whoever else settles it. */
async function lockDictation(tx: Tx, dictationId: string): Promise<void> {
  await tx.$queryRaw`select id from dictation where id = ${dictationId}::uuid for update`;
}

/** Null when the parts wanted have changed meanwhile. */
async function recordAudio(
  tx: Tx,
  dictationId: string,
  {
    doubtId,
    objectKey,
    audio,
    partIds,
    now,
  }: { doubtId: string | null; objectKey: string; audio: LaidAudio; partIds: string[]; now: Date },
): Promise<{ jobId: string | null; replacedKey: string | null } | null> {
  if (doubtId) await lockDoubtsJob(tx, doubtId);
  await lockDictation(tx, dictationId);
  const state = await readState(tx, dictationId);
  if (!state) return null;
  const plan = planSettling(state, now);
  if (plan.kind !== 'lay' || plan.parts.map((part) => part.id).join() !== partIds.join()) return null;

  const reopened = state.status === 'discarded';
  await tx.dictation.update({
    where: { id: dictationId },
    data: {
      audioKey: objectKey,
      audioBytes: audio.bytes,
      sampleRate: audio.sampleRate,
      peaks: new Uint8Array(audio.peaks),
      peaksPerSecond: audio.peaksPerSecond,
      durationSeconds: audio.durationSeconds,
      ...(reopened && { status: 'submitted', discardReason: null }),
    },
  });
  await tx.recording.updateMany({ where: { dictationId }, data: { audioStartMs: null } });
  for (const [at, id] of partIds.entries()) {
    await tx.recording.update({ where: { id }, data: { audioStartMs: audio.startsMs[at] ?? 0 } });
  }
  if (!state.job) {
    if (doubtId) await recordAnswer(tx, { dictationId, doubtId, isNew: !state.hasAudio, now });
    return { jobId: null, replacedKey: state.audioKey };
  }
  await moveDraft(tx, state, partIds, audio.startsMs);
  const toWaiting = await tx.job.updateMany({
    where: { id: state.job.id, status: { in: ['preparing', 'closed'] } },
    data: { status: 'waiting', closeCode: null },
  });
  // Until now it was due by a rule of thumb, and asked nothing of anybody: see insertJobOf.
  if (toWaiting.count === 1) await reckonJobs(tx, { jobId: state.job.id });
  const kind = toWaiting.count === 1 ? 'ready' : 'audio_rebuilt';
  await tx.jobEvent.create({ data: { jobId: state.job.id, kind, at: now } });
  return { jobId: state.job.id, replacedKey: state.audioKey };
}

/**
 * What has been typed points into the audio as it was: its anchors move along with the parts. Not under somebody's
 * hands, whose window would send the old ones again.
 */
async function moveDraft(
  tx: Tx,
  before: NonNullable<Awaited<ReturnType<typeof readState>>>,
  partIds: readonly string[],
  startsMs: readonly number[],
): Promise<void> {
  if (!before.job || before.job.status === 'claimed' || !before.hasAudio) return;
  const jobId = before.job.id;
  const draft = await tx.draft.findUnique({
    where: { jobId },
    select: { anchors: true, audioPositionMs: true },
  });
  const anchors = anchorsSchema.safeParse(draft?.anchors);
  if (!draft || !anchors.success) return;
  const moved = before.parts.flatMap(({ id, audioStartMs }) => {
    const at = partIds.indexOf(id);
    return audioStartMs === null || at < 0
      ? []
      : [{ fromMs: audioStartMs, toMs: startsMs[at] ?? audioStartMs }];
  });
  const move = (ms: number) => {
    const part = moved.findLast(({ fromMs }) => fromMs <= ms);
    return part ? ms - part.fromMs + part.toMs : ms;
  };
  await tx.draft.update({
    where: { jobId },
    data: {
      anchors: anchors.data.map(([char, ms]) => [char, move(ms)]),
      audioPositionMs: Math.round(move(draft.audioPositionMs)),
    },
  });
}

/** Out: the job closed; null for an answer to a doubt, which has none: the speaker is asked again. */
async function closeAsSilent(tx: Tx, dictationId: string, now: Date): Promise<string | null> {
  const { job } = await tx.dictation.update({
    where: { id: dictationId },
    data: { status: 'discarded', discardReason: 'silent' },
    select: { job: { select: { id: true } } },
  });
  if (!job) return null;
  await tx.job.update({
    where: { id: job.id },
    data: { status: 'closed', closeCode: 'silent', finalizedAt: null },
  });
  await tx.jobEvent.create({ data: { jobId: job.id, kind: 'closed', reason: 'silent', at: now } });
  return job.id;
}
