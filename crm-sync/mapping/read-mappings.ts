import type { Database } from '../../platform/database/database.ts';
import { CRM_OBJECT_TYPES } from '../connectors/connector.ts';
import { type Mapping, POLICIES } from './mapping.ts';

/** The mappings of a connector that are in force. Rows with an object type or policy that we don't know are left out. */
export async function readMappings(
  prisma: Pick<Database['prisma'], 'fieldMapping'>,
  connectorId: string,
): Promise<Mapping[]> {
  const rows = await prisma.fieldMapping.findMany({
    where: { connectorId, closedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.flatMap((row) => {
    const objectType = CRM_OBJECT_TYPES.find((type) => type === row.objectType);
    const policy = POLICIES.find((each) => each === row.policy);
    if (objectType === undefined || policy === undefined) return [];
    const { id, source, targetField, template, confirmedOnly, minConfidence } = row;
    return [{ id, source, objectType, targetField, template, policy, confirmedOnly, minConfidence }];
  });
}
