import type { Tx } from '../../platform/database/database.ts';
import type { AudioSpan } from './place-in-audio.ts';
import type { PlannedUnit, ReportPlan } from './plan-report.ts';
import type { PlannedSupport } from './plan-values.ts';

/** Everything here runs in the caller's transaction. */

/** The columns of a report that follow from its content. */
export function reportColumns(plan: ReportPlan) {
  return {
    accountId: plan.accountId,
    meetingDate: asDate(plan.meetingDate),
    meetingType: plan.meetingType,
    stage: plan.stage,
    sentiment: plan.sentiment,
  };
}

/** Adds units and their codes; returns the units' ids in the same order. */
export async function writeUnits(
  tx: Tx,
  {
    reportId,
    transcriptId,
    version,
    userId,
  }: { reportId: string; transcriptId: string; version: number; userId: string },
  units: readonly (PlannedUnit & AudioSpan & { number: number })[],
): Promise<string[]> {
  const rows = await tx.thoughtUnit.createManyAndReturn({
    data: units.map(({ number, text, start, end, para, audioStartMs, audioEndMs }) => ({
      reportId,
      transcriptId,
      firstVersion: version,
      number,
      text,
      startOffset: start,
      endOffset: end,
      newParagraph: para,
      audioStartMs,
      audioEndMs,
    })),
    select: { id: true, number: true },
  });
  const idOf = new Map(rows.map(({ id, number }) => [number, id]));
  const ids = units.map(({ number }) => idOf.get(number) ?? '');
  await writeCodes(
    tx,
    userId,
    units.map(({ codes }, at) => ({ unitId: ids[at] ?? '', codes })),
  );
  return ids;
}

export async function writeCodes(
  tx: Tx,
  userId: string,
  units: readonly { unitId: string; codes: PlannedUnit['codes'] }[],
): Promise<void> {
  await tx.unitCode.createMany({
    data: units.flatMap(({ unitId, codes }) =>
      codes.map((planned, rank) => ({ unitId, codeKey: planned.code, rank, ...support(planned, userId) })),
    ),
  });
}

/** Adds field values, contacts and next steps. `unitIds` are those of the plan's units, in order. */
export async function writeValues(
  tx: Tx,
  { reportId, userId }: { reportId: string; userId: string },
  plan: ReportPlan,
  unitIds: readonly string[],
): Promise<void> {
  const unitId = (index: number | null) => (index === null ? null : (unitIds[index] ?? null));
  await tx.fieldValue.createMany({
    data: plan.fields.map(({ unit, field, position, value, display, span, ...planned }) => ({
      reportId,
      unitId: unitId(unit),
      field,
      position,
      value,
      display,
      startOffset: span?.start ?? null,
      endOffset: span?.end ?? null,
      ...support(planned, userId),
    })),
  });
  await tx.reportContact.createMany({
    data: [
      ...[...new Set(plan.contactIds)].map((contactId) => ({ reportId, contactId })),
      ...[...new Set(plan.newContacts)].map((newName) => ({ reportId, newName })),
    ],
  });
  await tx.nextStep.createMany({
    data: plan.nextSteps.map(({ unit, owner, text, due, ...planned }, position) => ({
      reportId,
      unitId: unitId(unit),
      position,
      owner,
      text,
      due: asDate(due),
      ...support(planned, userId),
    })),
  });
}

function support({ certainty, confidence, evidence }: PlannedSupport, userId: string) {
  return { certainty, confidence, evidence, confirmedById: certainty === 'suggested' ? null : userId };
}

/** A day, as the database's date type takes it. */
function asDate(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}
