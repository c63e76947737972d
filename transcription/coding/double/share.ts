import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Database, Tx } from '../../../platform/database/database.ts';
import { InvalidInput } from '../../../platform/errors.ts';

const SETTING = 'double_coding';
/** Until an administrator says otherwise: one report in twenty. */
const DEFAULT_SHARE = 0.05;

const setting = z.object({ share: z.number().min(0).max(1) });

/** The share of reports that are coded twice, 0 to 1. */
export async function readShare(prisma: Pick<Tx, 'setting'>): Promise<number> {
  const row = await prisma.setting.findUnique({ where: { key: SETTING } });
  const parsed = setting.safeParse(row?.value);
  return parsed.success ? parsed.data.share : DEFAULT_SHARE;
}

/** Holds for reports that are finalized from now on. @throws InvalidInput not between 0 and 1 */
export async function setShare(
  { prisma }: Pick<Database, 'prisma'>,
  { share, actorId }: { share: number; actorId: string },
): Promise<void> {
  const parsed = setting.safeParse({ share });
  if (!parsed.success)
    throw new InvalidInput('share of reports to code twice out of range', {
      userMessage: 'The share is a number from 0 to 100 percent.',
    });
  const value = parsed.data;
  await prisma.$transaction([
    prisma.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value }, update: { value } }),
    prisma.auditEntry.create({
      data: {
        actorId,
        action: 'coding.share',
        subjectType: 'setting',
        subjectId: SETTING,
        detail: { percent: Math.round(share * 1000) / 10 },
      },
    }),
  ]);
}

/**
 * Whether a report is of the sample. A keyed hash decides: the same report always gets the same answer, nobody can
 * tell beforehand which reports will be looked at, and a larger share holds everything that a smaller one held.
 */
export function isChosen(secret: string, reportId: string, share: number): boolean {
  const hash = createHmac('sha256', secret).update(`second-coding\0${reportId}`).digest();
  return hash.readUInt32BE(0) < share * 2 ** 32;
}
