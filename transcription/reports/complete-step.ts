import type { Tx } from '../../platform/database/database.ts';
import { Forbidden, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Role } from '../../prisma/generated/client/client.ts';

/** What other domains do in the transaction that changes a next step. */
export type AfterStep = (tx: Tx, step: { reportId: string }) => Promise<void>;

/** Who may say that a next step is done: who dictated the report, managers, administrators. Pure. */
export function mayCompleteStep(
  user: { id: string; roles: readonly Role[] },
  report: { speakerId: string | null },
): boolean {
  return (
    user.roles.includes('manager') || user.roles.includes('administrator') || report.speakerId === user.id
  );
}

/**
 * Ticks a next step off, or takes that back. Asked for what is so already it changes nothing: the time of the first
 * "done" stays, and the audit log gets one entry for each change.
 *
 * Out: when it was done, null when it is open. Locks the step's row, so that two at once take turns.
 * @throws NotFound no such report or step, or one that a person refused
 * @throws Forbidden the actor is neither the speaker nor a manager or administrator
 */
export async function completeStep(
  { clock, database, events }: Pick<Platform, 'clock' | 'database' | 'events'>,
  {
    reportId,
    position,
    done,
    actorId,
    afterStep = [],
  }: {
    reportId: string;
    position: number;
    done: boolean;
    actorId: string;
    afterStep?: readonly AfterStep[];
  },
): Promise<{ doneAt: Date | null }> {
  const now = clock.now();
  const { doneAt, changed } = await database.prisma.$transaction(async (tx) => {
    const [step] = await tx.$queryRaw<{ id: string; doneAt: Date | null; speakerId: string | null }[]>`
      select step.id, step.done_at as "doneAt", report.speaker_id as "speakerId"
      from next_step as step join report on report.id = step.report_id
      where step.report_id = ${reportId}::uuid and step.position = ${position} and step.certainty <> 'refused'
      for update of step`;
    if (!step) throw new NotFound(`No next step ${position} of report ${reportId}`);
    const actor = await tx.user.findUnique({ where: { id: actorId }, select: { id: true, roles: true } });
    if (!actor || !mayCompleteStep(actor, step)) {
      throw new Forbidden(`User ${actorId} may not complete steps of report ${reportId}`, {
        userMessage: 'Only who dictated the report and managers can say what is done. Ask one of them.',
      });
    }
    if ((step.doneAt !== null) === done) return { doneAt: step.doneAt, changed: false };
    const next = done ? now : null;
    await tx.nextStep.update({ where: { id: step.id }, data: { doneAt: next } });
    await tx.auditEntry.create({
      data: {
        at: now,
        actorId,
        action: done ? 'step.done' : 'step.reopened',
        subjectType: 'report',
        subjectId: reportId,
        // As people count.
        detail: { step: position + 1 },
      },
    });
    for (const hook of afterStep) await hook(tx, { reportId });
    return { doneAt: next, changed: true };
  });
  if (changed) await events.publish('step.changed', { reportId });
  return { doneAt };
}
