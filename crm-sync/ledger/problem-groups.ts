import type { Platform } from '../../platform/platform.ts';
import type { CrmObjectType } from '../connectors/connector.ts';
import { objectTypeSchema } from './desired.ts';
import { MAX_ATTEMPTS } from './retry-time.ts';

/** Many values with the same trouble: one sentence, one remedy. */
export interface ProblemGroup {
  /** Stays the same while the trouble does. */
  id: string;
  connector: { id: string; kind: string; name: string };
  /**
   * `conflict`: somebody else wrote there. `refused`: the CRM or the mapping says no, and will until somebody changes
   * something. `passing`: it was tried for a day and may go through now.
   */
  kind: 'conflict' | 'refused' | 'passing';
  objectType: CrmObjectType;
  field: string;
  fieldLabel: string;
  /** What the CRM or the mapping said; null for conflicts. */
  message: string | null;
  values: number;
  /** What was to be written, where it is the same everywhere. */
  value: string | null;
  since: Date;
}

/** More kinds of trouble than a person reads; those with most values come first. */
const MAX_GROUPS = 50;

/** Which group an entry is in, in SQL. Its alias is `entry`. */
export const GROUP_ID = `md5(concat_ws('/', entry.connector_id, entry.status, entry.object_type, entry.target_field,
  coalesce(entry.last_error, '')))`;

/**
 * What needs a person, by trouble instead of by value. One statement, no lock; reads the entries in trouble only.
 *
 * @param group only this one.
 */
export async function listProblemGroups(
  { database }: Pick<Platform, 'database'>,
  { group = null }: { group?: string | null } = {},
): Promise<ProblemGroup[]> {
  const { rows } = await database.pool.query<
    Omit<ProblemGroup, 'connector' | 'objectType'> & {
      connectorId: string;
      connectorKind: string;
      connectorName: string;
      objectType: string;
      label: string | null;
    }
  >(
    `select trouble.*, connector.kind as "connectorKind", connector.name as "connectorName",
            crm_field.label
     from (
       select ${GROUP_ID} as id, entry.connector_id as "connectorId", entry.object_type as "objectType",
              entry.target_field as field, entry.last_error as message, count(*)::int as values,
              case when min(entry.desired ->> 'display') = max(entry.desired ->> 'display')
                   then nullif(left(min(entry.desired ->> 'display'), 100), '') end as value,
              case when entry.status = 'conflict' then 'conflict'
                   when min(entry.attempts) >= $2 then 'passing' else 'refused' end as kind,
              min(entry.created_at) as since
       from sync_entry as entry
       where entry.status in ('failed', 'conflict') and ($1::text is null or ${GROUP_ID} = $1)
       group by entry.connector_id, entry.status, entry.object_type, entry.target_field, entry.last_error
       order by values desc, since
       limit ${MAX_GROUPS}
     ) as trouble
     join connector on connector.id = trouble."connectorId"
     left join crm_field on connector.kind = 'builtin'
       and crm_field.object_type = trouble."objectType" and crm_field.key = trouble.field
     order by trouble.values desc, trouble.since`,
    [group, MAX_ATTEMPTS],
  );
  return rows.map(({ connectorId, connectorKind, connectorName, label, objectType, ...row }) => ({
    ...row,
    connector: { id: connectorId, kind: connectorKind, name: connectorName },
    objectType: objectTypeSchema.parse(objectType),
    fieldLabel: label ?? row.field,
  }));
}
