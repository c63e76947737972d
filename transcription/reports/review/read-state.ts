import type { Tx } from '../../../platform/database/database.ts';
import type { ReviewState } from './review-state.ts';

type Reader = Pick<Tx, 'thoughtUnit' | 'fieldValue' | 'nextStep'>;

const SUPPORT = { certainty: true, confidence: true, evidence: true, confirmedById: true } as const;

/** What can be settled of a report, as it stands. Three statements; locks nothing. */
export async function readState(tx: Reader, reportId: string): Promise<ReviewState> {
  const [units, values, steps] = await Promise.all([
    tx.thoughtUnit.findMany({
      where: { reportId, retired: false },
      orderBy: [{ startOffset: 'asc' }, { number: 'asc' }],
      select: {
        id: true,
        number: true,
        text: true,
        startOffset: true,
        endOffset: true,
        codes: { orderBy: [{ rank: 'asc' }, { codeKey: 'asc' }], select: { codeKey: true, ...SUPPORT } },
      },
    }),
    tx.fieldValue.findMany({
      where: { reportId },
      orderBy: [{ field: 'asc' }, { position: 'asc' }],
      select: {
        id: true,
        field: true,
        position: true,
        value: true,
        display: true,
        unitId: true,
        startOffset: true,
        endOffset: true,
        ...SUPPORT,
      },
    }),
    tx.nextStep.findMany({
      where: { reportId },
      orderBy: { position: 'asc' },
      select: { id: true, position: true, owner: true, text: true, due: true, unitId: true, ...SUPPORT },
    }),
  ]);
  return {
    units: units.map(({ startOffset: start, endOffset: end, codes, ...unit }) => ({
      ...unit,
      start,
      end,
      codes: codes.map(({ codeKey: code, ...support }) => ({ code, ...support })),
    })),
    values,
    steps: steps.map((step) => ({ ...step, due: step.due?.toISOString().slice(0, 10) ?? null })),
  };
}
