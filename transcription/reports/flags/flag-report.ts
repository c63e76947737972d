import { z } from 'zod';
import type { Tx } from '../../../platform/database/database.ts';
import { InvalidInput, NotFound } from '../../../platform/errors.ts';
import { newId } from '../../../platform/new-id.ts';
import type { Platform } from '../../../platform/platform.ts';
import { chooseOwner } from './choose-owner.ts';

/** What a flag is about: something of the report by its id, or the report as a whole. */
export const flagAbout = z
  .object({
    unit: z.int().min(1).optional().describe('Number of the unit'),
    valueId: z.uuid().optional(),
    stepId: z.uuid().optional(),
    syncEntryId: z.uuid().optional().describe('What was, or was not, written to a CRM'),
  })
  .refine((about) => Object.values(about).filter((each) => each !== undefined).length <= 1, {
    message: 'A flag is about one thing.',
  });

export const flagNote = z.string().trim().max(500);

export interface Flag {
  reportId: string;
  about: z.infer<typeof flagAbout>;
  /** How it is called on the screen; made from what it is about when left out. */
  subject?: string;
  note: string;
  flaggedById: string;
}

/**
 * "This is wrong": makes a task with an owner. The same person saying the same of the same thing while it is open
 * changes nothing, so a form sent twice makes one task.
 *
 * In: the flag. Out: its id, and whether it was made now. Locks the report's row, so that two at once take turns.
 * @throws NotFound no such report, or it has no such unit, value, step or entry (any more)
 */
export async function flagReport(
  platform: Pick<Platform, 'database' | 'clock' | 'events'>,
  { reportId, about, subject: given, note, flaggedById }: Flag,
): Promise<{ flagId: string; created: boolean }> {
  const now = platform.clock.now();
  const made = await platform.database.prisma.$transaction(async (tx) => {
    const [report] = await tx.$queryRaw<{ id: string }[]>`
      select id from report where id = ${reportId}::uuid for update`;
    if (!report) throw new NotFound(`No report ${reportId}`);
    const found = await findSubject(tx, reportId, about);
    const subject = (given ?? found.subject).slice(0, 200);
    const open = await tx.reportFlag.findFirst({
      where: { reportId, subject, note, flaggedById, settledAt: null },
      select: { id: true },
    });
    if (open) return { flagId: open.id, created: false };
    const flagId = newId(now.getTime());
    await tx.reportFlag.create({
      data: {
        id: flagId,
        reportId,
        subject,
        note,
        flaggedById,
        ...found.ids,
        ownerId: await chooseOwner(tx, { reportId, isOfCrm: about.syncEntryId !== undefined }),
        createdAt: now,
      },
    });
    return { flagId, created: true };
  });
  if (made.created) await platform.events.publish('flag.changed', { reportId });
  return made;
}

interface Subject {
  subject: string;
  ids: { unitId?: string; fieldValueId?: string; nextStepId?: string; syncEntryId?: string };
}

async function findSubject(tx: Tx, reportId: string, about: Flag['about']): Promise<Subject> {
  if (about.unit !== undefined) {
    const unit = await tx.thoughtUnit.findUnique({
      where: { reportId_number: { reportId, number: about.unit } },
      select: { id: true, number: true },
    });
    if (unit) return { subject: `Unit ${unit.number}`, ids: { unitId: unit.id } };
  } else if (about.valueId !== undefined) {
    const value = await tx.fieldValue.findFirst({ where: { id: about.valueId, reportId } });
    if (value)
      return {
        subject: `${readable(value.field)}: ${value.display}`,
        ids: { fieldValueId: value.id, ...(value.unitId && { unitId: value.unitId }) },
      };
  } else if (about.stepId !== undefined) {
    const step = await tx.nextStep.findFirst({ where: { id: about.stepId, reportId } });
    if (step)
      return {
        subject: `Next step: ${step.text}`,
        ids: { nextStepId: step.id, ...(step.unitId && { unitId: step.unitId }) },
      };
  } else if (about.syncEntryId !== undefined) {
    const entry = await tx.syncEntry.findFirst({
      where: { id: about.syncEntryId, reportId },
      include: { connector: { select: { name: true } } },
    });
    if (entry)
      return {
        subject: `In ${entry.connector.name}: ${readable(entry.targetField)}`,
        ids: { syncEntryId: entry.id, ...(entry.fieldValueId && { fieldValueId: entry.fieldValueId }) },
      };
  } else return { subject: 'The whole report', ids: {} };
  throw new InvalidInput(`report ${reportId} has not what is flagged`, {
    userMessage: 'What you marked is not in the report any more. Load the page again, and look.',
  });
}

function readable(key: string): string {
  return key.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}
