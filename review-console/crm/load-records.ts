import { fieldHistory, recordDetail } from '../../crm-sync/builtin-crm/records.ts';
import { CRM_OBJECT_TYPES, type CrmObjectType } from '../../crm-sync/connectors/connector.ts';
import type { Database } from '../../platform/database/database.ts';
import { NotFound } from '../../platform/errors.ts';
import { whysOfValues } from './load-whys.ts';
import { showChoice, showName, showValue } from './show-value.ts';

export const OBJECT_LABELS: Record<CrmObjectType, string> = {
  account: 'Accounts',
  contact: 'Contacts',
  activity: 'Activities',
  task: 'Tasks',
  deal: 'Deals',
};

export function isObjectType(type: string): type is CrmObjectType {
  return CRM_OBJECT_TYPES.some((known) => known === type);
}

/** How many records there are of each type. */
export async function countRecords({ prisma }: Pick<Database, 'prisma'>): Promise<Map<string, number>> {
  const groups = await prisma.crmRecord.groupBy({ by: ['objectType'], _count: true });
  return new Map(groups.map((group) => [group.objectType, group._count]));
}

const ORIGINS = {
  dictaline: 'from a report',
  person: 'by a person in the CRM',
  import: 'imported',
} as const;

/**
 * A record as its page shows it: fields with a value or a past, each with its history, and what can be played.
 * @throws NotFound
 */
export async function loadRecord(deps: { database: Database }, recordId: string) {
  const record = await recordDetail(deps, recordId);
  if (record === null) throw new NotFound(`no CRM record ${recordId}`);
  const rows = await Promise.all(
    record.fields.map(async (field) => ({
      ...field,
      history: field.earlierValues > 0 ? await fieldHistory(deps, { recordId, field: field.key }) : [],
    })),
  );
  const units = rows.flatMap(({ current, history }) =>
    [current, ...history].flatMap((value) => value?.unit?.id ?? []),
  );
  const valueIds = rows.flatMap(({ current, history }) =>
    [current, ...history].flatMap((value) => value?.id ?? []),
  );
  const [playable, whys] = await Promise.all([
    playableUnits(deps.database, units),
    whysOfValues(deps.database, valueIds),
  ]);
  const shown = rows.map(({ current, history, ...field }) => {
    const origin = (value: (typeof history)[number]) => ({
      ...value,
      shown: showValue(value.value, field.dataType),
      originWord: ORIGINS[value.origin],
      playable: value.unit !== null && playable.has(value.unit.id),
      why: whys.get(value.id) ?? null,
    });
    return {
      ...field,
      isList: field.dataType === 'list',
      choices: field.options.map((value) => ({
        value,
        label: showChoice(value),
        selected: value === current?.value,
      })),
      text: Array.isArray(current?.value) ? current.value.join('\n') : String(current?.value ?? ''),
      current: current && origin(current),
      earlier: history.filter((value) => value.supersededAt !== null).map(origin),
    };
  });
  return {
    ...record,
    name: showName(record.name),
    typeLabel: OBJECT_LABELS[record.objectType],
    filled: shown.filter((field) => field.current !== null || field.earlier.length > 0),
    empty: shown.filter((field) => field.current === null && field.earlier.length === 0),
    fields: shown,
    children: CRM_OBJECT_TYPES.map((type) => ({
      label: OBJECT_LABELS[type],
      children: record.children
        .filter((child) => child.objectType === type)
        .map((child) => ({ ...child, name: showName(child.name) })),
    })).filter(({ children }) => children.length > 0),
  };
}

/** Those of these units whose piece of audio is known and kept. */
async function playableUnits({ prisma }: Pick<Database, 'prisma'>, ids: string[]): Promise<Set<string>> {
  const units = await prisma.thoughtUnit.findMany({
    where: {
      id: { in: ids },
      audioStartMs: { not: null },
      report: { dictation: { audioKey: { not: null } } },
    },
    select: { id: true },
  });
  return new Set(units.map((unit) => unit.id));
}
