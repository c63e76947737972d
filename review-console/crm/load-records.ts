import type { Database } from '../../platform/database/database.ts';
import { NotFound } from '../../platform/errors.ts';
import { pageOf } from '../render/paging.ts';

export const OBJECT_LABELS = {
  account: 'Accounts',
  contact: 'Contacts',
  activity: 'Activities',
  task: 'Tasks',
  deal: 'Deals',
} as const;

export type ObjectType = keyof typeof OBJECT_LABELS;

export function isObjectType(type: string): type is ObjectType {
  return type in OBJECT_LABELS;
}

/** Records of one type, by name where names are stable, else newest first. */
export async function loadRecords(
  { prisma }: Pick<Database, 'prisma'>,
  { type, q, page, pageSize }: { type: ObjectType; q: string; page: number; pageSize: number },
) {
  const where = {
    objectType: type,
    ...(q && { name: { contains: q, mode: 'insensitive' as const } }),
  };
  const isNamed = type === 'account' || type === 'contact';
  const [records, total] = await Promise.all([
    prisma.crmRecord.findMany({
      where,
      orderBy: isNamed ? [{ name: 'asc' }, { id: 'asc' }] : [{ createdAt: 'desc' }, { id: 'desc' }],
      ...pageOf(page, pageSize),
      include: {
        accountRecord: { select: { id: true, name: true } },
        _count: { select: { values: { where: { supersededAt: null } } } },
      },
    }),
    prisma.crmRecord.count({ where }),
  ]);
  return { records, total };
}

/** How many records there are of each type. */
export async function countRecords({ prisma }: Pick<Database, 'prisma'>): Promise<Map<string, number>> {
  const groups = await prisma.crmRecord.groupBy({ by: ['objectType'], _count: true });
  return new Map(groups.map((group) => [group.objectType, group._count]));
}

const CHILDREN_SHOWN = 50;

/**
 * A record with each field's value in force and the values before it, each with where it comes from.
 * @throws NotFound
 */
export async function loadRecord({ prisma }: Pick<Database, 'prisma'>, id: string) {
  const record = await prisma.crmRecord.findUnique({
    where: { id },
    include: {
      accountRecord: { select: { id: true, name: true } },
      values: {
        orderBy: [{ setAt: 'desc' }, { id: 'desc' }],
        include: {
          unit: { select: { number: true, text: true, audioStartMs: true } },
          confirmedBy: { select: { name: true } },
        },
      },
      children: {
        orderBy: { createdAt: 'desc' },
        take: CHILDREN_SHOWN,
        select: { id: true, name: true, objectType: true, createdAt: true },
      },
    },
  });
  if (!record) throw new NotFound(`no CRM record ${id}`);
  const [fields, reports] = await Promise.all([
    prisma.crmField.findMany({
      where: { objectType: record.objectType },
      orderBy: [{ position: 'asc' }, { key: 'asc' }],
    }),
    prisma.report.findMany({
      where: { id: { in: record.values.flatMap((value) => value.reportId ?? []) } },
      select: { id: true, dictation: { select: { reference: true, audioKey: true } } },
    }),
  ]);
  const reportOf = new Map(reports.map((report) => [report.id, report.dictation]));
  const values = record.values.map((value) => {
    const dictation = value.reportId ? reportOf.get(value.reportId) : undefined;
    return {
      ...value,
      reference: dictation?.reference ?? null,
      playable: Boolean(dictation?.audioKey && value.unit && value.unit.audioStartMs !== null),
      originWord: ORIGINS[value.origin] ?? value.origin,
    };
  });
  const known = fields.map((field) => field.key);
  const others = [...new Set(values.map((value) => value.field))].filter((key) => !known.includes(key));
  const rows = [...fields, ...others.map((key) => ({ key, label: key.replaceAll('_', ' ') }))].map(
    ({ key, label }) => {
      const history = values.filter((value) => value.field === key);
      const current = history.find((value) => value.supersededAt === null) ?? null;
      return { key, label, current, earlier: history.filter((value) => value !== current) };
    },
  );
  return {
    ...record,
    typeLabel: isObjectType(record.objectType) ? OBJECT_LABELS[record.objectType] : record.objectType,
    filled: rows.filter((row) => row.current !== null || row.earlier.length > 0),
    empty: rows.filter((row) => row.current === null && row.earlier.length === 0).map((row) => row.label),
    children: Object.entries(OBJECT_LABELS)
      .map(([type, label]) => ({
        label,
        children: record.children.filter((child) => child.objectType === type),
      }))
      .filter(({ children }) => children.length > 0),
  };
}

const ORIGINS: Record<string, string> = {
  dictaline: 'from a report',
  person: 'by a person in the CRM',
  import: 'imported',
};
