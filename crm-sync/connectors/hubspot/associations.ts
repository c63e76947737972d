import { z } from 'zod';
import { CRM_OBJECT_TYPES, type CrmObjectType, type CrmReference } from '../connector.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { type LinkTargets, targetKey } from './link-targets.ts';
import { API } from './objects.ts';
import { unexpected } from './refusals.ts';

/** As `batch/create` takes it. */
export interface NewAssociation {
  to: { id: string };
  types: { associationCategory: 'HUBSPOT_DEFINED'; associationTypeId: number }[];
}

/** The associations of a new record, which are made together with it: nothing can come in between. Pure. */
export function associationsOf(
  { objects }: Pick<HubspotApi, 'objects'>,
  from: CrmObjectType,
  references: readonly CrmReference[],
  targets: LinkTargets,
): NewAssociation[] {
  const seen = new Set<string>();
  return references.flatMap((reference) => {
    const id = targets.get(targetKey(reference));
    const [usual, primary] = objects[from].associationTypes[reference.objectType] ?? [];
    // Two of our keys may lead to one record after a merge.
    if (id === undefined || usual === undefined || seen.has(`${reference.objectType} ${id}`)) return [];
    const isFirst = ![...seen].some((each) => each.startsWith(`${reference.objectType} `));
    seen.add(`${reference.objectType} ${id}`);
    // Only one company can be the primary one.
    const types = primary !== undefined && isFirst ? [usual, primary] : [usual];
    return [
      {
        to: { id },
        types: types.map((associationTypeId) => ({
          associationCategory: 'HUBSPOT_DEFINED' as const,
          associationTypeId,
        })),
      },
    ];
  });
}

/** Records that are there already, and what they belong to. */
export interface LinkedRecord {
  id: string;
  links: readonly CrmReference[];
}

const answerSchema = z.object({
  errors: z.array(z.unknown()).catch([]),
  numErrors: z.number().catch(0),
});

/**
 * Associates records of one type with what they belong to; what is associated already stays so.
 * @returns ids of those records for which HubSpot refuses it. @throws CrmError
 */
export async function associateAll(
  api: Pick<HubspotApi, 'send' | 'objects'>,
  from: CrmObjectType,
  records: readonly LinkedRecord[],
  targets: LinkTargets,
): Promise<Set<string>> {
  const refused = new Set<string>();
  for (const to of CRM_OBJECT_TYPES) {
    if (api.objects[from].associationTypes[to] === undefined) continue;
    const pairs = records.flatMap(({ id, links }) =>
      links
        .filter(({ objectType }) => objectType === to)
        .flatMap((link) => targets.get(targetKey(link)) ?? [])
        .map((targetId) => ({ from: id, to: targetId })),
    );
    if (await associatePairs(api, from, to, pairs)) continue;
    // One by one, to know whose it is.
    for (const pair of pairs) if (!(await associatePairs(api, from, to, [pair]))) refused.add(pair.from);
  }
  return refused;
}

async function associatePairs(
  api: Pick<HubspotApi, 'send' | 'objects'>,
  from: CrmObjectType,
  to: CrmObjectType,
  pairs: readonly { from: string; to: string }[],
): Promise<boolean> {
  if (pairs.length === 0) return true;
  const response = await api.send({
    method: 'POST',
    path: `${API.associations}/${api.objects[from].path}/${api.objects[to].path}/batch/associate/default`,
    body: { inputs: pairs.map((pair) => ({ from: { id: pair.from }, to: { id: pair.to } })) },
  });
  if (response.status === 400 || response.status === 404) return false;
  if (response.status >= 400) throw unexpected(response);
  const { errors, numErrors } = answerSchema.parse(response.body ?? {});
  return errors.length === 0 && numErrors === 0;
}
