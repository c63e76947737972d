import type { Platform } from '../../platform/platform.ts';

export interface ExampleUnit {
  id: string;
  reportId: string;
  number: number;
  text: string;
}

const SHOWN = 12;

/** The words of units that are examples, by unit, as they are in the report now. */
export async function readExamples(
  { database }: Pick<Platform, 'database'>,
  unitIds: readonly string[],
): Promise<Map<string, ExampleUnit>> {
  if (unitIds.length === 0) return new Map();
  const units = await database.prisma.thoughtUnit.findMany({
    where: { id: { in: [...unitIds] } },
    select: { id: true, reportId: true, number: true, text: true },
  });
  return new Map(units.map((unit) => [unit.id, unit]));
}

/**
 * Units that could be an example of a code, newest first: those that a person confirmed it for, or, with words, any
 * unit that says them. Locks nothing.
 */
export async function findExamples(
  { database }: Pick<Platform, 'database'>,
  { code, words }: { code: string; words: string },
): Promise<ExampleUnit[]> {
  const { rows } = await database.pool.query<ExampleUnit>({
    name: 'codebook-find-examples',
    text: `
      select unit.id, unit.report_id as "reportId", unit.number, unit.text
      from thought_unit as unit join report on report.id = unit.report_id
      where not unit.retired and case
        when $2 = '' then exists (select from unit_code where unit_id = unit.id and code_key = $1
                                    and certainty = 'confirmed')
        else unit.search @@ websearch_to_tsquery('english', $2) end
      order by report.finalized_at desc, unit.number limit ${SHOWN}`,
    values: [code, words],
  });
  return rows;
}
