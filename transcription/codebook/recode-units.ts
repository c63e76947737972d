import type { Tx } from '../../platform/database/database.ts';
import { type CodeRow, mergeUnitCodes, sameCodes } from './merge-unit-codes.ts';

/** Other domains bring counts and CRMs in line, in the same transaction. */
export interface RecodeHooks {
  afterRecode: readonly ((
    tx: Tx,
    recoded: { reportIds: readonly string[]; codebookVersion: number },
  ) => Promise<void>)[];
}

export interface Recoding {
  unitId: string;
  before: CodeRow[];
  after: CodeRow[];
}

const AT_ONCE = 2000;

/** Units in force that have one of these codes. */
export async function unitsWithCodes(tx: Tx, keys: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct unit.id from unit_code as given
    join thought_unit as unit on unit.id = given.unit_id and not unit.retired
    where given.code_key = any(${keys}::text[])`;
  return rows.map(({ id }) => id);
}

/**
 * Gives units other codes, in batches, and notes for each what it had and what it has, so that it can be taken back.
 * Locks the units' codes until the transaction ends. Units that `recode` leaves as they are are not noted.
 * @returns the reports behind the units that changed
 */
export async function recodeUnits(
  tx: Tx,
  codebookId: string,
  unitIds: readonly string[],
  recode: (unitId: string, before: CodeRow[]) => CodeRow[] | null,
): Promise<string[]> {
  const reportIds = new Set<string>();
  for (let from = 0; from < unitIds.length; from += AT_ONCE) {
    const ids = unitIds.slice(from, from + AT_ONCE);
    const changed = await changedOf(tx, ids, recode);
    if (changed.length === 0) continue;
    const changedIds = changed.map(({ unitId }) => unitId);
    await tx.unitCode.deleteMany({ where: { unitId: { in: changedIds } } });
    await tx.unitCode.createMany({
      data: changed.flatMap(({ unitId, after }) => after.map((row) => ({ ...row, unitId }))),
    });
    // Recoded a second time by the same version: what it had at first is what undoing gives back.
    await tx.$executeRaw`
      insert into codebook_recoding (codebook_id, unit_id, before, after)
      select ${codebookId}::uuid, (change ->> 'unitId')::uuid, change -> 'before', change -> 'after'
      from jsonb_array_elements(${JSON.stringify(changed)}::jsonb) as change
      on conflict (codebook_id, unit_id) do update set after = excluded.after`;
    const reports = await tx.thoughtUnit.findMany({
      where: { id: { in: changedIds } },
      distinct: ['reportId'],
      select: { reportId: true },
    });
    for (const { reportId } of reports) reportIds.add(reportId);
  }
  return [...reportIds];
}

async function changedOf(
  tx: Tx,
  unitIds: readonly string[],
  recode: (unitId: string, before: CodeRow[]) => CodeRow[] | null,
): Promise<Recoding[]> {
  // Somebody may be correcting one of these at this moment: wait, then see what there is.
  const rows = await tx.$queryRaw<(CodeRow & { unitId: string })[]>`
    select unit_id as "unitId", code_key as "codeKey", rank, certainty::text as certainty, confidence, evidence,
           confirmed_by_id as "confirmedById"
    from unit_code where unit_id = any(${unitIds}::uuid[]) order by unit_id, rank for update`;
  const byUnit = new Map<string, CodeRow[]>(unitIds.map((id) => [id, []]));
  for (const { unitId, ...row } of rows) byUnit.get(unitId)?.push(row);
  return [...byUnit].flatMap(([unitId, before]) => {
    const after = recode(unitId, before);
    return after === null || sameCodes(before, after) ? [] : [{ unitId, before, after }];
  });
}

/** Recodes what has a code that became part of another. */
export async function followMerges(
  tx: Tx,
  codebookId: string,
  becomes: ReadonlyMap<string, string>,
): Promise<string[]> {
  const unitIds = await unitsWithCodes(tx, [...becomes.keys()]);
  return recodeUnits(tx, codebookId, unitIds, (_unit, before) => mergeUnitCodes(before, becomes));
}
