import type { Platform } from '../../platform/platform.ts';
import type { AfterFinalize } from '../reports/finalizing.ts';
import { readInForce } from './draft-store.ts';
import { mergeUnitCodes } from './merge-unit-codes.ts';
import { readMerges } from './merges.ts';
import { followMerges, type RecodeHooks, recodeUnits, unitsWithCodes } from './recode-units.ts';

/**
 * Hook of finalizing and correcting, before counts and CRMs: what was coded with a code that became part of another
 * (a review begun before the codebook changed) gets that one.
 */
export const followCodebook: AfterFinalize = async (tx, { reportId }) => {
  const [inForce] = await tx.$queryRaw<{ id: string; merges: unknown }[]>`
    select id, merges from codebook order by version desc limit 1`;
  const becomes = readMerges(inForce?.merges);
  if (!inForce || becomes.size === 0) return;
  const units = await tx.thoughtUnit.findMany({
    where: { reportId, retired: false, codes: { some: { codeKey: { in: [...becomes.keys()] } } } },
    select: { id: true },
  });
  await recodeUnits(
    tx,
    inForce.id,
    units.map(({ id }) => id),
    (_unit, before) => mergeUnitCodes(before, becomes),
  );
};

/**
 * The sweep behind it: a report that was finalized in the very moment in which a version came into force saw neither.
 * Out: how many reports were mended.
 */
export async function sweepMergedCodes(
  { database }: Pick<Platform, 'database'>,
  hooks: RecodeHooks,
): Promise<number> {
  const seen = await readInForce(database.prisma);
  const keys = [...readMerges(seen?.merges).keys()];
  if (keys.length === 0 || (await unitsWithCodes(database.prisma, keys)).length === 0) return 0;
  return database.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('codebook', 0))`;
    const inForce = await readInForce(tx);
    if (!inForce) return 0;
    const reportIds = await followMerges(tx, inForce.id, readMerges(inForce.merges));
    if (reportIds.length > 0)
      for (const hook of hooks.afterRecode) await hook(tx, { reportIds, codebookVersion: inForce.version });
    return reportIds.length;
  });
}
