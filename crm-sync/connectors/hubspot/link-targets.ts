import type { CrmObjectType, CrmReference } from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import { FINAL_CATEGORIES } from './explain-refusal.ts';
import { findRecords } from './find-records.ts';
import { API, KEY_PROPERTY, nameProperties } from './objects.ts';
import type { RecordDeps } from './record-deps.ts';
import { sendBatch } from './send-batch.ts';

/** Ids at HubSpot of what records are linked to, by type and key. */
export type LinkTargets = ReadonlyMap<string, string>;

export function targetKey({
  objectType,
  externalKey,
}: Pick<CrmReference, 'objectType' | 'externalKey'>): string {
  return `${objectType} ${externalKey}`;
}

/**
 * Where links lead: known ids first, else a look by our key, and what HubSpot has not got yet is made by its name. Made
 * by an upsert, because another delivery may need the same company or person at this moment.
 */
export async function resolveTargets(
  deps: RecordDeps,
  references: readonly CrmReference[],
): Promise<LinkTargets> {
  const targets = new Map<string, string>();
  const types = [...new Set(references.map(({ objectType }) => objectType))];
  for (const objectType of types) {
    const wanted = new Map(
      references.filter((each) => each.objectType === objectType).map((each) => [each.externalKey, each]),
    );
    const known = await deps.links.remoteIds(objectType, [...wanted.keys()]);
    const lacking = [...wanted.values()].filter(({ externalKey }) => !known.has(externalKey));
    for (const [key, id] of [...known, ...(await findOrMake(deps, objectType, lacking))])
      targets.set(targetKey({ objectType, externalKey: key }), id);
  }
  return targets;
}

async function findOrMake(
  deps: RecordDeps,
  objectType: CrmObjectType,
  references: readonly CrmReference[],
): Promise<Map<string, string>> {
  const { api, links } = deps;
  const keys = references.map(({ externalKey }) => externalKey);
  const found = await findRecords(deps, objectType, keys);
  const ids = new Map([...found].map(([key, { remoteId }]) => [key, remoteId]));
  const missing = references.filter(({ externalKey }) => !ids.has(externalKey));
  const object = api.objects[objectType];
  const outcomes = await sendBatch(
    api,
    `${API.objects}/${object.path}/batch/upsert`,
    missing.map(({ externalKey, name }) => ({
      body: {
        id: externalKey,
        idProperty: KEY_PROPERTY,
        properties: { ...nameProperties(object, name), [KEY_PROPERTY]: externalKey },
      },
      isAnswer: ({ properties }) => properties[KEY_PROPERTY] === externalKey,
    })),
  );
  for (const [index, outcome] of outcomes.entries()) {
    const key = missing[index]?.externalKey;
    if (outcome.status === 'done' && key !== undefined) ids.set(key, outcome.record.id);
  }
  // Another delivery may have made it at this moment, which HubSpot tells one of the two as a mistake.
  const open = missing.filter(({ externalKey }) => !ids.has(externalKey));
  const made = await findRecords(
    deps,
    objectType,
    open.map(({ externalKey }) => externalKey),
  );
  for (const [key, { remoteId }] of made) ids.set(key, remoteId);
  const isFinal = (index: number) => {
    const outcome = outcomes[index];
    return outcome?.status === 'refused' && FINAL_CATEGORIES.has(outcome.error.category);
  };
  // One that HubSpot refuses for good is left out; whoever is linked to it says so.
  if (missing.some(({ externalKey }, index) => !ids.has(externalKey) && !isFinal(index)))
    throw new CrmError(
      'transient',
      `HubSpot could not make the ${object.noun} that this belongs to just now; it is tried again by itself.`,
    );
  await links.keep(
    [...ids]
      .filter(([key]) => !found.has(key))
      .map(([externalKey, remoteId]) => ({ objectType, externalKey, remoteId })),
  );
  return ids;
}

/**
 * Whether all that these lead to is still there under the id that was used. What was deleted or merged since is known
 * to the links afterwards.
 */
export async function areTargetsAlive(
  deps: RecordDeps,
  references: readonly CrmReference[],
  targets: LinkTargets,
): Promise<boolean> {
  let alive = true;
  for (const objectType of new Set(references.map((each) => each.objectType))) {
    const keys = references
      .filter((each) => each.objectType === objectType)
      .map(({ externalKey }) => externalKey);
    const found = await findRecords(deps, objectType, keys);
    alive &&= keys.every(
      (externalKey) =>
        found.get(externalKey)?.remoteId === targets.get(targetKey({ objectType, externalKey })),
    );
  }
  return alive;
}
