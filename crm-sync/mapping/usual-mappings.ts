import type { CrmObjectDefinition } from '../connectors/connector.ts';
import { firstMappings, kindOf } from '../connectors/connector-kinds.ts';
import { readSettings } from '../connectors/open-connector.ts';
import { targetOf } from './choose-mappings.ts';
import { DEFAULT_MAPPINGS } from './default-mappings.ts';
import { findField } from './make-value.ts';
import type { MappingFields } from './mapping.ts';

/**
 * What connections of this kind usually write and this one doesn't: fields that came with a later version of
 * Dictaline, or that somebody took out. Only those that the CRM has. Pure.
 */
export function usualMappings(
  { kind, settings }: { kind: string; settings: unknown },
  mapped: readonly MappingFields[],
  objects: readonly CrmObjectDefinition[] | null,
): MappingFields[] {
  if (objects === null) return [];
  const isBuiltin = kind === 'builtin';
  const known = kindOf(kind);
  const others = known === null ? [] : firstMappings(known, readSettings(settings));
  const usual = isBuiltin ? DEFAULT_MAPPINGS : others;
  const taken = new Set(mapped.map(targetOf));
  return usual
    .filter((mapping) => !taken.has(targetOf(mapping)) && findField(objects, mapping) !== null)
    .map((mapping) => ({
      confirmedOnly: !isBuiltin,
      minConfidence: 0,
      valueMap: [],
      lineIds: [],
      regions: [],
      teamIds: [],
      ...mapping,
    }));
}
