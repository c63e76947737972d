import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { copyRecordingTask } from './tasks.ts';

export interface DeadRecording {
  recordingId: string;
  dictationId: string;
  reference: string;
  part: number;
  speakerName: string | null;
  announcedAt: Date | null;
  announcedSeconds: number | null;
  attempts: number;
  lastError: string | null;
}

/** Recordings that could not be copied and wait for a person, the oldest first. */
export async function listDeadRecordings(platform: Pick<Platform, 'database'>): Promise<DeadRecording[]> {
  const rows = await platform.database.prisma.recording.findMany({
    where: { status: 'dead' },
    orderBy: [{ createdAt: 'asc' }],
    include: { dictation: { select: { reference: true, speaker: { select: { name: true } } } } },
  });
  return rows.map((row) => ({
    recordingId: row.id,
    dictationId: row.dictationId,
    reference: row.dictation.reference,
    part: row.part,
    speakerName: row.dictation.speaker?.name ?? null,
    announcedAt: row.announcedAt,
    announcedSeconds: row.announcedSeconds,
    attempts: row.attempts,
    lastError: row.lastError,
  }));
}

/**
 * Tries a dead recording again from the beginning. When it had died because its header promises more than the
 * carrier has, it is now taken as it is. Repeating it does no harm.
 * @throws NotFound no such recording
 * @throws Conflict it is not dead and was not just restarted
 */
export async function restartRecording(
  platform: Pick<Platform, 'clock' | 'database' | 'queues'>,
  { recordingId, userId }: { recordingId: string; userId: string | null },
): Promise<void> {
  const { clock, database, queues } = platform;
  await database.prisma.$transaction(async (tx) => {
    const { count } = await tx.recording.updateMany({
      where: { id: recordingId, status: 'dead' },
      data: { status: 'announced', attempts: 0, nextAttemptAt: clock.now() },
    });
    if (count === 1) {
      await tx.auditEntry.create({
        data: { actorId: userId, action: 'restart', subjectType: 'recording', subjectId: recordingId },
      });
      return;
    }
    const row = await tx.recording.findUnique({ where: { id: recordingId }, select: { status: true } });
    if (!row) throw new NotFound(`No recording ${recordingId}`);
    if (row.status !== 'announced') throw new Conflict(`Recording ${recordingId} is ${row.status}, not dead`);
  });
  await queues.wake(copyRecordingTask, { recordingId }, { key: recordingId });
}
