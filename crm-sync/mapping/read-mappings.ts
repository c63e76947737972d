import type { Database } from '../../platform/database/database.ts';
import { readMerges } from '../../transcription/codebook/merges.ts';
import { CRM_OBJECT_TYPES } from '../connectors/connector.ts';
import { type Mapping, POLICIES } from './mapping.ts';

/**
 * The mappings of a connector that are in force. One of a code that became part of another takes what that one says.
 * Rows with an object type or policy that we don't know are left out.
 */
export async function readMappings(
  prisma: Pick<Database['prisma'], 'codebook' | 'fieldMapping'>,
  connectorId: string,
): Promise<Mapping[]> {
  const [rows, codebook] = await Promise.all([
    prisma.fieldMapping.findMany({
      where: { connectorId, closedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
    prisma.codebook.findFirst({ orderBy: { version: 'desc' }, select: { merges: true } }),
  ]);
  const becomes = readMerges(codebook?.merges);
  return rows.flatMap((row) => {
    const objectType = CRM_OBJECT_TYPES.find((type) => type === row.objectType);
    const policy = POLICIES.find((each) => each === row.policy);
    if (objectType === undefined || policy === undefined) return [];
    const { id, targetField, template, confirmedOnly, minConfidence } = row;
    const source = becomes.get(row.source) ?? row.source;
    return [{ id, source, objectType, targetField, template, policy, confirmedOnly, minConfidence }];
  });
}
