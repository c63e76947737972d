import type { Tx } from '../../../platform/database/database.ts';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import type { ReviewRecord, ReviewState, StateStep, StateUnit, StateValue } from './review-state.ts';

/**
 * Brings the rows of a report's codes, values and next steps in line with what was decided: only those that the records
 * name. In the caller's transaction, which holds the report's lock.
 */
export async function writeDecided(
  tx: Tx,
  reportId: string,
  { state, records }: { state: ReviewState; records: readonly ReviewRecord[] },
): Promise<void> {
  const touched = (subject: ReviewRecord['subject']) => {
    const own = records.filter((record) => record.subject === subject);
    return new Set(own.map((record) => (subject === 'code' ? record.unitId : record.subjectId)));
  };
  const units = touched('code');
  await writeCodes(
    tx,
    state.units.filter(({ id }) => units.has(id)),
  );
  const values = touched('value');
  for (const held of state.values) if (values.has(held.id)) await writeValue(tx, reportId, held);
  const steps = touched('step');
  for (const held of state.steps) if (steps.has(held.id)) await writeStep(tx, reportId, held);
}

async function writeCodes(tx: Tx, units: readonly StateUnit[]): Promise<void> {
  await tx.unitCode.deleteMany({ where: { unitId: { in: units.map(({ id }) => id) } } });
  await tx.unitCode.createMany({
    data: units.flatMap(({ id: unitId, codes }) =>
      codes.map(({ code: codeKey, ...support }, rank) => ({ unitId, codeKey, rank, ...support })),
    ),
  });
}

async function writeValue(tx: Tx, reportId: string, { id, ...held }: StateValue): Promise<void> {
  const data = { ...held, value: held.value as Prisma.InputJsonValue };
  await tx.fieldValue.upsert({ where: { id }, create: { id, reportId, ...data }, update: data });
}

async function writeStep(tx: Tx, reportId: string, { id, due, ...held }: StateStep): Promise<void> {
  const data = { ...held, due: due === null ? null : new Date(`${due}T00:00:00Z`) };
  await tx.nextStep.upsert({ where: { id }, create: { id, reportId, ...data }, update: data });
}
