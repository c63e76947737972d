import type { Platform } from '../../platform/platform.ts';
import type { CrmFieldValue, CrmObjectType } from '../connectors/connector.ts';
import { crmValueSchema, desiredSchema, objectTypeSchema } from '../ledger/desired.ts';

export interface FindingView {
  id: string;
  kind: 'differs' | 'lacks' | 'gone' | 'doubled';
  objectType: CrmObjectType;
  externalKey: string;
  recordName: string;
  field: string;
  ours: CrmFieldValue;
  theirs: CrmFieldValue;
  matches: number | null;
  url: string | null;
  foundAt: Date;
  /** Text that was added under a date, or items of a list: the rest of the field is nobody's affair. */
  isPart: boolean;
  report: { id: string; reference: string };
  unitNumber: number | null;
}

/** Open findings of a connection, newest first; page with the last one's id as `before`. */
export async function listFindings(
  { database }: Pick<Platform, 'database'>,
  { connectorId, limit, before = null }: { connectorId: string; limit: number; before?: string | null },
): Promise<FindingView[]> {
  const rows = await database.prisma.reconciliationFinding.findMany({
    where: { connectorId, settledAt: null, ...(before !== null && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
    include: {
      entry: {
        select: {
          policy: true,
          desired: true,
          report: { select: { id: true, dictation: { select: { reference: true } } } },
        },
      },
    },
  });
  const parsed = rows.map((row) => ({ row, desired: desiredSchema.parse(row.entry.desired) }));
  const units = await database.prisma.thoughtUnit.findMany({
    where: { id: { in: parsed.flatMap(({ desired }) => desired.unitId ?? []) } },
    select: { id: true, number: true },
  });
  return parsed.map(({ row, desired }) => ({
    id: row.id,
    kind: row.kind,
    objectType: objectTypeSchema.parse(row.objectType),
    externalKey: row.externalKey,
    recordName: desired.recordName,
    field: row.targetField,
    ours: crmValueSchema.parse(row.ours),
    theirs: crmValueSchema.parse(row.theirs),
    matches: row.matches,
    url: row.url,
    foundAt: row.foundAt,
    isPart:
      row.entry.policy === 'append_dated' ||
      (row.entry.policy === 'overwrite_ours' && Array.isArray(desired.value)),
    report: { id: row.entry.report.id, reference: row.entry.report.dictation.reference },
    unitNumber: units.find(({ id }) => id === desired.unitId)?.number ?? null,
  }));
}

/** Open findings by connection. */
export async function countFindings({
  database,
}: Pick<Platform, 'database'>): Promise<ReadonlyMap<string, number>> {
  const groups = await database.prisma.reconciliationFinding.groupBy({
    by: ['connectorId'],
    where: { settledAt: null },
    _count: true,
  });
  return new Map(groups.map(({ connectorId, _count }) => [connectorId, _count]));
}

export interface PassView {
  startedAt: Date;
  endedAt: Date | null;
  nextAt: Date | null;
  /** Who asked for it; null: nightly. */
  startedBy: string | null;
  records: number;
  found: number;
  vanished: number;
  problem: string | null;
  /** Records that we wrote, in all. */
  of: number;
}

/** The newest pass of a connection; null when there was none yet. */
export async function lastPass(
  { database }: Pick<Platform, 'database'>,
  connectorId: string,
): Promise<PassView | null> {
  const [pass, of] = await Promise.all([
    database.prisma.reconciliation.findFirst({
      where: { connectorId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      include: { startedBy: { select: { name: true } } },
    }),
    database.prisma.reconciledRecord.count({ where: { connectorId } }),
  ]);
  if (pass === null) return null;
  const { startedAt, endedAt, nextAt, records, found, vanished, problem, startedBy } = pass;
  return {
    startedAt,
    endedAt,
    nextAt,
    records,
    found,
    vanished,
    problem,
    startedBy: startedBy?.name ?? null,
    of,
  };
}
