import type { Tx } from '../../platform/database/database.ts';
import { InvalidInput } from '../../platform/errors.ts';

/** What became of a dictation that goes on with another one. */
export type Continued =
  /** Its audio is now the end of the other one, whose job goes on with it. */
  | { kind: 'joined'; dictationId: string; jobId: string }
  /** The other one's text is final: it stays a job of its own, which names that report. */
  | { kind: 'linked'; reference: string };

const refuse = (message: string, userMessage: string) => new InvalidInput(message, { userMessage });

/**
 * A dictation turns out to go on with another one of the same speaker.
 *
 * In: both; the caller holds the locks on the job and the row of the one that is closed. Locks the other's job, then its
 * row. Joined, its recordings become the last parts of the other one, behind a seam; who is typing that one is told that
 * there is more to hear.
 * @throws InvalidInput no such dictation of this speaker, or it can't be gone on with
 */
export async function continueWith(
  tx: Tx,
  { dictationId, reference, now }: { dictationId: string; reference: string; now: Date },
): Promise<Continued> {
  const own = await tx.dictation.findUniqueOrThrow({
    where: { id: dictationId },
    select: { speakerId: true, reference: true, line: { select: { purpose: true } } },
  });
  const found = await tx.dictation.findUnique({
    where: { reference },
    select: {
      id: true,
      speakerId: true,
      checkOfId: true,
      doubtId: true,
      line: { select: { purpose: true } },
      job: { select: { id: true } },
    },
  });
  const isTheirs =
    found &&
    own.speakerId !== null &&
    found.speakerId === own.speakerId &&
    found.line.purpose === own.line.purpose;
  if (!isTheirs || found.id === dictationId || found.checkOfId || found.doubtId || !found.job) {
    throw refuse(
      'no dictation to go on with',
      'There is no other dictation of this speaker with that number. Look at the number again.',
    );
  }
  const jobId = found.job.id;
  const [job] = await tx.$queryRaw<{ status: string }[]>`
    select status::text from job where id = ${jobId}::uuid for update`;
  const [target] = await tx.$queryRaw<{ status: string }[]>`
    select status::text from dictation where id = ${found.id}::uuid for update`;
  if (target?.status === 'transcribed') {
    await tx.dictation.update({ where: { id: dictationId }, data: { continuesId: found.id } });
    return { kind: 'linked', reference };
  }
  if (target?.status !== 'submitted' || job?.status === 'closed' || job?.status === 'finalized') {
    throw refuse(
      `dictation ${found.id} is ${target?.status}`,
      'That dictation was closed, or its speaker is not done with it. Type this one as a report of its own.',
    );
  }
  await tx.$executeRaw`
    update recording set dictation_id = ${found.id}::uuid, audio_start_ms = null, part = moved.part,
      seam = seam or moved.is_first
    from (select id, row_number() over (order by part) + coalesce(
                   (select max(part) from recording where dictation_id = ${found.id}::uuid), 0) as part,
                 row_number() over (order by part) = 1 as is_first
          from recording where dictation_id = ${dictationId}::uuid) moved
    where recording.id = moved.id`;
  await tx.dictation.update({ where: { id: dictationId }, data: { continuesId: found.id } });
  await tx.jobEvent.create({ data: { jobId, kind: 'continuation', reason: own.reference, at: now } });
  return { kind: 'joined', dictationId: found.id, jobId };
}
