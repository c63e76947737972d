import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';
import { wordTables } from '../redaction/scrub/scrub-family.ts';
import { DUE_FROM, TEXT_IS_DUE } from './due.ts';

/** Makes another domain forget what these dictations said, in the transaction that destroys their texts. */
export type Forget = (tx: Tx, dictationIds: readonly string[]) => Promise<void>;

const BATCH = 20;

/** Stands where words were. No word to any search. */
export const GONE = '[…]';

/**
 * Values that say which of the company's own things were spoken of, and figures: they are counted, not read, and stay.
 * Names that were only heard, and whatever else is text, go.
 */
const KEPT_VALUES = [
  'account',
  'contact',
  'product',
  'competitor',
  'meeting_date',
  'meeting_type',
  'stage',
  'sentiment',
  'amount',
  'percent',
];

/** Tables of the family that are not what was said: the company's lists, the CRM, what codes stood where. */
const KEPT_TABLES: ReadonlySet<string> = new Set([
  'contact',
  'competitor',
  'crm_value',
  'field_value',
  'second_coding',
  'second_coding_version',
  'sync_entry',
]);

/**
 * Destroys texts whose line's days are over, with everything that repeats their words. Reports stay as rows: who, whom,
 * when, codes, counts. A transaction a batch; killed in between, either nothing or all of it is done. At once by two,
 * each takes dictations that the other has not locked. What is redone finds nothing to do.
 * @returns how many dictations, by line
 */
export async function destroyTexts(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  forget: readonly Forget[],
): Promise<Map<string, number>> {
  const figures = new Map<string, number>();
  for (;;) {
    const batch = await database.prisma.$transaction(async (tx) => {
      const now = clock.now();
      const due = await tx.$queryRawUnsafe<{ id: string; lineId: string }[]>(
        `select d.id, d.line_id as "lineId" ${DUE_FROM} where ${TEXT_IS_DUE}
         order by d.started_at limit ${BATCH} for update of d skip locked`,
        now,
      );
      const ids = due.map(({ id }) => id);
      if (ids.length > 0) await destroyBatch(tx, ids, forget, now);
      return due;
    });
    for (const { lineId } of batch) figures.set(lineId, (figures.get(lineId) ?? 0) + 1);
    if (batch.length < BATCH) return figures;
  }
}

async function destroyBatch(tx: Tx, ids: string[], forget: readonly Forget[], now: Date): Promise<void> {
  const ofThese = { dictationId: { in: ids } };
  const ofTheirJobs = { job: ofThese };
  const ofTheirReports = { report: ofThese };
  await tx.$executeRaw`
    update transcript set text = ${GONE}, anchors = '[]', places = null where dictation_id = any(${ids}::uuid[])`;
  await tx.thoughtUnit.updateMany({ where: ofTheirReports, data: { text: GONE } });
  await tx.draftChange.deleteMany({ where: ofTheirJobs });
  await tx.draftPack.deleteMany({ where: ofTheirJobs });
  await tx.draftVersion.deleteMany({ where: ofTheirJobs });
  await tx.draft.deleteMany({ where: ofTheirJobs });
  await tx.fieldValue.deleteMany({ where: { ...ofTheirReports, field: { notIn: KEPT_VALUES } } });
  await tx.fieldValue.updateMany({ where: ofTheirReports, data: { evidence: null } });
  // Who decided, and on what, stays; what it was goes.
  await tx.reviewChange.updateMany({
    where: ofTheirReports,
    data: { before: Prisma.DbNull, after: Prisma.DbNull },
  });
  await blankFamily(tx, ids);
  await tx.answer.updateMany({ where: { dictations: { some: { id: { in: ids } } } }, data: { text: null } });
  await tx.contribution.updateMany({
    where: { dictations: { some: { id: { in: ids } } } },
    data: { text: GONE },
  });
  for (const each of forget) await each(tx, ids);
  await tx.dictation.updateMany({ where: { id: { in: ids } }, data: { textDestroyedAt: now } });
}

/** Every other column with words, whatever table a foreign key leads to. */
async function blankFamily(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const { table, belongs, columns } of await wordTables(tx)) {
    const texts = columns.filter(({ kind }) => kind === 'text');
    if (KEPT_TABLES.has(table) || texts.length === 0) continue;
    const sets = texts.map(({ name, nullable }) => `"${name}" = ${nullable ? 'null' : '$2'}`);
    await tx.$executeRawUnsafe(
      // The marker is named in any case, so that the parameter has a type where every column may be null.
      `update "${table}" set ${sets.join(', ')} where ${belongs} and $2::text is not null`,
      ids,
      GONE,
    );
  }
}
