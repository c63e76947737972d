import { z } from 'zod';
import type { FieldMapping } from '../../prisma/generated/client/client.ts';
import { CRM_OBJECT_TYPES } from '../connectors/connector.ts';
import { type Mapping, POLICIES } from './mapping.ts';

export const valueMapSchema = z.array(z.object({ from: z.string(), to: z.string() }));

/** A row as the rest of the code knows it; null where its object type or policy is none that we know. */
export function toMapping(row: FieldMapping): Mapping | null {
  const objectType = CRM_OBJECT_TYPES.find((type) => type === row.objectType);
  const policy = POLICIES.find((each) => each === row.policy);
  if (objectType === undefined || policy === undefined) return null;
  const { id, key, source, targetField, template, confirmedOnly, minConfidence } = row;
  const { lineIds, regions, teamIds } = row;
  const valueMap = valueMapSchema.catch([]).parse(row.valueMap);
  return {
    id,
    key,
    source,
    objectType,
    targetField,
    template,
    policy,
    confirmedOnly,
    minConfidence,
    valueMap,
    lineIds,
    regions,
    teamIds,
  };
}
