import { z } from 'zod';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TurnaroundClass } from '../../prisma/generated/client/client.ts';
import { type WorkingDays, workingDaysInput, writeWorkingDays } from './company-calendar.ts';
import { reckonJobs, tellReckoned } from './reckon-jobs.ts';
import { columnsOf, dueRuleInput } from './turnaround-class.ts';

export const classInput = z.object({
  name: z.string().trim().min(1, 'Write a name.').max(60, 'That name is too long.'),
  rule: dueRuleInput,
});
export const classChange = classInput.partial().extend({ active: z.boolean().optional() });

type Dependencies = Pick<Platform, 'clock' | 'database' | 'events'>;

/** Adds a class of the company's own. */
export async function createClass(
  { clock, database }: Dependencies,
  input: z.infer<typeof classInput>,
  actorId: string,
): Promise<TurnaroundClass> {
  return database.prisma.$transaction(async (tx) => {
    const last = await tx.turnaroundClass.aggregate({ _max: { position: true } });
    const made = await tx.turnaroundClass.create({
      data: { name: input.name, position: (last._max.position ?? 0) + 1, ...columnsOf(input.rule) },
    });
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'turnaround_class.created',
        subjectType: 'turnaround_class',
        subjectId: made.id,
        detail: { ...input },
      },
    });
    return made;
  });
}

/**
 * Changes what is given and leaves the rest; open jobs are reckoned anew.
 * @throws NotFound
 * @throws Conflict a class that lines go by, or that every company has, can't be put away
 */
export async function updateClass(
  platform: Dependencies,
  classId: string,
  change: z.infer<typeof classChange>,
  actorId: string,
): Promise<TurnaroundClass> {
  const { clock, database } = platform;
  const { updated, reckoned } = await database.prisma.$transaction(async (tx) => {
    const found = await tx.turnaroundClass.findUnique({
      where: { id: classId },
      include: { _count: { select: { lines: true } } },
    });
    if (!found) throw new NotFound(`No turnaround class ${classId}`);
    if (change.active === false && (found.key !== null || found._count.lines > 0)) {
      throw new Conflict(`Turnaround class ${classId} is in use`, {
        userMessage:
          found.key === null
            ? 'Lines go by this class. Give them another one first.'
            : 'Every company has this class. Change what it means instead.',
      });
    }
    const updated = await tx.turnaroundClass.update({
      where: { id: classId },
      data: {
        ...(change.name !== undefined && { name: change.name }),
        ...(change.active !== undefined && { active: change.active }),
        ...(change.rule && columnsOf(change.rule)),
      },
    });
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'turnaround_class.changed',
        subjectType: 'turnaround_class',
        subjectId: classId,
        detail: { ...change },
      },
    });
    return { updated, reckoned: await reckonJobs(tx, 'all') };
  });
  await tellReckoned(platform, reckoned);
  return updated;
}

/** Which days are worked on; open jobs are reckoned anew. */
export async function changeWorkingDays(
  platform: Dependencies,
  days: WorkingDays,
  actorId: string,
): Promise<void> {
  const { clock, database } = platform;
  const reckoned = await database.prisma.$transaction(async (tx) => {
    await writeWorkingDays(tx, workingDaysInput.parse(days));
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: 'working_days.changed',
        subjectType: 'company',
        subjectId: 'company',
        detail: { ...days },
      },
    });
    return reckonJobs(tx, 'all');
  });
  await tellReckoned(platform, reckoned);
}
