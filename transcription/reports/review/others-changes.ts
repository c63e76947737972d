import type { Tx } from '../../../platform/database/database.ts';
import type { ReviewDecision } from './review-input.ts';
import type { ReviewState } from './review-state.ts';
import { type Labels, tellChange } from './tell-change.ts';

/** Something that was decided since a person looked. */
export interface OthersChange {
  subject: string;
  key: string;
  subjectId: string | null;
  unitId: string | null;
  by: { id: string; name: string } | null;
  tell(labels: Labels): string;
}

/** In: a report and the revision that somebody saw. Out: what was decided since, the first first. Locks nothing. */
export async function readChangesSince(
  tx: Pick<Tx, 'reviewChange'>,
  { reportId, revision }: { reportId: string; revision: number },
): Promise<OthersChange[]> {
  const rows = await tx.reviewChange.findMany({
    where: { reportId, revision: { gt: revision } },
    orderBy: [{ revision: 'asc' }, { id: 'asc' }],
    include: { by: { select: { id: true, name: true } }, unit: { select: { number: true } } },
  });
  return rows.map((row) => ({
    subject: row.subject,
    key: row.key,
    subjectId: row.subjectId,
    unitId: row.unitId,
    by: row.by,
    tell: (labels) => tellChange(row, labels),
  }));
}

/**
 * Those of the changes since that are about the same as a decision: the codes of its unit, its value, its next step,
 * the only value of its field. Who says that all is right has to have seen all. Pure.
 */
export function standInTheWay(
  decisions: readonly ReviewDecision[],
  state: ReviewState,
  since: readonly OthersChange[],
): OthersChange[] {
  const idOf = (number: number) => state.units.find((unit) => unit.number === number)?.id;
  const isAbout = (change: OthersChange, decision: ReviewDecision): boolean => {
    switch (decision.do) {
      case 'code':
      case 'codes':
        return change.subject === 'code' && change.unitId === idOf(decision.unit);
      case 'value':
      case 'step':
        return change.subjectId === decision.id;
      case 'add_value':
        return change.subject === 'value' && change.key === decision.field;
      case 'add_step':
        return false;
      case 'confirm':
        return decision.unit == null || change.unitId === idOf(decision.unit);
    }
  };
  return since.filter((change) => decisions.some((decision) => isAbout(change, decision)));
}
