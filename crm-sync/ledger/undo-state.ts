import type { Tx } from '../../platform/database/database.ts';

/**
 * Whether a person took this version of the report back, so that it is not written again by itself. A correction lifts
 * that: it was made to be written. Within the caller's transaction, which holds the report's lock.
 */
export async function isTakenBack(
  tx: Tx,
  { reportId, version }: { reportId: string; version: number },
  now: Date,
): Promise<boolean> {
  const undo = await tx.reportUndo.findFirst({ where: { reportId, releasedAt: null } });
  if (undo === null) return false;
  if (undo.version >= version) return true;
  await tx.reportUndo.updateMany({ where: { reportId, releasedAt: null }, data: { releasedAt: now } });
  return false;
}
