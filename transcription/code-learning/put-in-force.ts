import type { Tx } from '../../platform/database/database.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { lockCodeModels, SHIPPED, writeAutomatic } from './code-model-store.ts';

/**
 * Puts another version in force, or the shipped one (0). From then on better ones wait until a person takes them or
 * lets them in again: whoever went back would not want the same model again the next night. Twice is once.
 * @throws NotFound there is no such version
 * @throws Conflict its weights are kept no more, or it was refused
 */
export async function putInForce(
  { database, clock }: Pick<Platform, 'clock' | 'database'>,
  { version, actorId }: { version: number; actorId: string },
): Promise<void> {
  const now = clock.now();
  await database.prisma.$transaction(async (tx) => {
    await lockCodeModels(tx);
    const inForce = await tx.codeModel.findFirst({ where: { state: 'in_force' }, select: { version: true } });
    if ((inForce?.version ?? SHIPPED) === version) return;
    if (version !== SHIPPED) await refuseUnusable(tx, version);
    await tx.codeModel.updateMany({ where: { state: 'in_force' }, data: { state: 'superseded' } });
    if (version !== SHIPPED)
      await tx.codeModel.update({
        where: { version },
        data: { state: 'in_force', inForceSince: now, putInForceById: actorId },
      });
    await writeAutomatic(tx, false);
    await note(tx, { action: 'code_model.put_in_force', version, actorId, now });
  });
}

async function refuseUnusable(tx: Tx, version: number): Promise<void> {
  // Asked of the database whether there are weights, so that they needn't be read.
  const rows = await tx.$queryRaw<{ usable: boolean }[]>`
    select state <> 'refused' and weights is not null as usable from code_model where version = ${version}`;
  if (!rows[0]) throw new NotFound(`No code model ${version}`);
  if (!rows[0].usable)
    throw new Conflict(`Code model ${version} has no weights`, {
      userMessage:
        'This version can not be put in force: it was refused, or it is so old that only its figures are kept.',
    });
}

/** Lets better models come into force by themselves again, or not. */
export async function setAutomatic(
  { database, clock }: Pick<Platform, 'clock' | 'database'>,
  { automatic, actorId }: { automatic: boolean; actorId: string },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    await lockCodeModels(tx);
    await writeAutomatic(tx, automatic);
    await note(tx, {
      action: automatic ? 'code_model.automatic' : 'code_model.by_hand',
      version: null,
      actorId,
      now: clock.now(),
    });
  });
}

async function note(
  tx: Tx,
  { action, version, actorId, now }: { action: string; version: number | null; actorId: string; now: Date },
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      at: now,
      actorId,
      action,
      subjectType: 'code_model',
      subjectId: version === null ? 'code-learning' : String(version),
      detail: version === null ? {} : { version },
    },
  });
}
