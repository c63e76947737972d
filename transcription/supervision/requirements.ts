import { z } from 'zod';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { reckonJobs, tellReckoned } from '../turnaround/reckon-jobs.ts';

/** `kind:value`, as people and jobs carry it: `clearance:citizen`, `language:es`, `nda`. */
export const requirement = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9 _.-]*(:[a-z0-9][a-z0-9 _.-]*)?$/, 'Write it like clearance:citizen.')
  .max(60);
export const requirementList = z
  .array(requirement)
  .max(20)
  .transform((list) => [...new Set(list)].sort());

export const requirementsInput = z.object({
  of: z.object({ kind: z.enum(['line', 'account', 'speaker']), id: z.uuid() }),
  requirements: requirementList,
});
export type RequirementsChange = z.infer<typeof requirementsInput>;

/**
 * What whoever types dictations of a speaker, of a line or about an account must meet. Open jobs ask for it at once;
 * what somebody is typing they may finish.
 * @throws NotFound
 */
export async function setRequirements(
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
  { of, requirements, actorId }: RequirementsChange & { actorId: string },
): Promise<void> {
  const { clock, database } = platform;
  const reckoned = await database.prisma.$transaction(async (tx) => {
    const change = { where: { id: of.id }, data: { requirements } };
    const { count } =
      of.kind === 'line'
        ? await tx.line.updateMany(change)
        : of.kind === 'account'
          ? await tx.account.updateMany(change)
          : await tx.user.updateMany(change);
    if (count === 0) throw new NotFound(`No ${of.kind} ${of.id}`);
    await tx.auditEntry.create({
      data: {
        at: clock.now(),
        actorId,
        action: `${of.kind === 'speaker' ? 'user' : of.kind}.requirements_set`,
        subjectType: of.kind === 'speaker' ? 'user' : of.kind,
        subjectId: of.id,
        detail: { requirements },
      },
    });
    if (of.kind === 'line') return reckonJobs(tx, { lineId: of.id });
    return reckonJobs(tx, of.kind === 'account' ? { accountId: of.id } : { speakerId: of.id });
  });
  await tellReckoned(platform, reckoned);
}
