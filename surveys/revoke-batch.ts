import { NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

/** Makes a batch's IDs worthless from now on. A second time changes nothing. Throws NotFound. */
export async function revokeBatch(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { surveyId, batchId }: { surveyId: string; batchId: string },
): Promise<{ revokedAt: Date }> {
  await database.prisma.invitationBatch.updateMany({
    where: { id: batchId, surveyId, revokedAt: null },
    data: { revokedAt: clock.now() },
  });
  const batch = await database.prisma.invitationBatch.findFirst({ where: { id: batchId, surveyId } });
  if (!batch?.revokedAt) throw new NotFound('no such batch in this survey');
  return { revokedAt: batch.revokedAt };
}
