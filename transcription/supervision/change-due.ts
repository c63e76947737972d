import { z } from 'zod';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { reckonJobs } from '../turnaround/reckon-jobs.ts';

export const changeDueInput = z.discriminatedUnion('kind', [
  /** Due then, whatever its class says. */
  z.object({ kind: z.literal('at'), dueAt: z.iso.datetime() }),
  z.object({ kind: z.literal('class'), turnaroundClassId: z.uuid() }),
  /** As its line and its speaker's urgency say. */
  z.object({ kind: z.literal('usual') }),
]);
export type ChangeDue = z.infer<typeof changeDueInput>;

/**
 * Changes when one job is due. Done twice it ends the same.
 * @throws NotFound
 * @throws Conflict it is done
 * @throws InvalidInput no such class
 */
export async function changeDue(
  { clock, database, events }: Pick<Platform, 'clock' | 'database' | 'events'>,
  { jobId, actorId, change }: { jobId: string; actorId: string; change: ChangeDue },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    const [job] = await tx.$queryRaw<{ status: string; dueAt: Date; answerId: string | null }[]>`
      select j.status::text, j.due_at as "dueAt", d.answer_id as "answerId"
      from job j join dictation d on d.id = j.dictation_id where j.id = ${jobId}::uuid for update of j`;
    if (!job) throw new NotFound(`No job ${jobId}`);
    if (job.status === 'finalized' || job.status === 'closed') {
      throw new Conflict(`Job ${jobId} is ${job.status}`, { userMessage: 'This job is done already.' });
    }
    const name = await nameOfClass(tx, change);
    await tx.job.update({
      where: { id: jobId },
      data: {
        dueFixed: change.kind === 'at',
        turnaroundClassId: change.kind === 'class' ? change.turnaroundClassId : null,
        ...(change.kind === 'at' && { dueAt: new Date(change.dueAt) }),
      },
    });
    await reckonJobs(tx, { jobId });
    const { dueAt } = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select: { dueAt: true } });
    const at = clock.now();
    const reason =
      change.kind === 'at' ? 'due time set by hand' : change.kind === 'class' ? `class ${name}` : 'as usual';
    await tx.jobEvent.create({ data: { jobId, kind: 'changed', userId: actorId, reason, at } });
    await tx.auditEntry.create({
      data: {
        at,
        actorId,
        action: 'job.due_changed',
        subjectType: 'job',
        // See addAudit.
        subjectId: job.answerId === null ? jobId : 'of a survey',
        detail: { from: job.dueAt.toISOString(), to: dueAt.toISOString(), how: change.kind },
      },
    });
  });
  await events.publish('job.changed', { jobId });
}

async function nameOfClass(
  tx: Pick<Platform['database']['prisma'], 'turnaroundClass'>,
  change: ChangeDue,
): Promise<string> {
  if (change.kind !== 'class') return '';
  const found = await tx.turnaroundClass.findFirst({ where: { id: change.turnaroundClassId, active: true } });
  if (found) return found.name;
  throw new InvalidInput('unknown turnaround class', {
    userMessage: 'That class does not exist any more. Choose another one.',
  });
}
