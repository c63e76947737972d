import type { CrmObjectType } from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { API, KEY_PROPERTY, MAX_INPUTS } from './objects.ts';
import type { HubspotFields } from './properties.ts';
import type { RecordDeps } from './record-deps.ts';
import { errorOf, propertyProblems, unexpected } from './refusals.ts';
import { batchSchema, type HubspotRecord, recordSchema } from './responses.ts';
import { type FoundRecord, toFound } from './snapshots.ts';

const MERGED_IDS = 'hs_merged_object_ids';

/**
 * Records by our keys: by the id that a link tells, else by the property that holds our key. A link to a record that
 * became part of another one moves there; one to a record that was deleted is forgotten, and the key looked for.
 *
 * @throws CrmError
 */
export async function findRecords(
  deps: RecordDeps,
  objectType: CrmObjectType,
  keys: readonly string[],
): Promise<Map<string, FoundRecord>> {
  const { links, catalog } = deps;
  if (keys.length === 0) return new Map();
  const [fields, linked] = await Promise.all([catalog.known(objectType), links.remoteIds(objectType, keys)]);
  const byId = await readByIds(deps, objectType, fields, [...new Set(linked.values())]);
  const records = new Map<string, HubspotRecord>();
  const dead: string[] = [];
  for (const [key, id] of linked) {
    const record = byId.get(id);
    if (record === undefined) dead.push(key);
    else records.set(key, record);
  }
  await links.forget(objectType, dead);
  const unlinked = keys.filter((key) => !records.has(key));
  for (const record of await readByKeys(deps, objectType, fields, unlinked)) {
    const key = record.properties[KEY_PROPERTY];
    if (key !== null && key !== undefined) records.set(key, record);
  }
  await links.keep(
    [...records]
      .filter(([key, { id }]) => linked.get(key) !== id)
      .map(([externalKey, { id }]) => ({ objectType, externalKey, remoteId: id })),
  );
  return toFound(deps, objectType, fields, records);
}

async function readByKeys(
  { api }: RecordDeps,
  objectType: CrmObjectType,
  fields: HubspotFields,
  keys: readonly string[],
): Promise<HubspotRecord[]> {
  if (keys.length === 0) return [];
  return (await readBatch(api, objectType, fields, keys, KEY_PROPERTY)).results;
}

/** Records by the ids that were asked for; one that was merged away is answered with the record it lives on in. */
async function readByIds(
  { api }: Pick<RecordDeps, 'api'>,
  objectType: CrmObjectType,
  fields: HubspotFields,
  ids: readonly string[],
): Promise<Map<string, HubspotRecord>> {
  const found = new Map<string, HubspotRecord>();
  if (ids.length === 0) return found;
  const { results, missing } = await readBatch(api, objectType, fields, ids);
  for (const record of results) {
    for (const id of [record.id, ...mergedIds(record)]) if (ids.includes(id)) found.set(id, record);
  }
  // Answered neither with a record that we can tell nor with "not found": HubSpot follows a single id for us.
  for (const id of ids.filter((each) => !found.has(each) && !missing.has(each))) {
    const query = new URLSearchParams({ properties: wantedOf(fields).join(',') });
    const { status, body } = await api.get(
      `${API.objects}/${api.objects[objectType].path}/${id}?${query}`,
      [200, 404],
    );
    if (status === 200) found.set(id, recordSchema.parse(body));
  }
  return found;
}

/** Whether a deleted record has our key. HubSpot keeps it for ninety days, and does not say whether its key is free. */
export async function isInRecycleBin(
  { api }: RecordDeps,
  objectType: CrmObjectType,
  externalKey: string,
): Promise<boolean> {
  const { status, body } = await api.send({
    method: 'POST',
    path: `${API.objects}/${api.objects[objectType].path}/batch/read?archived=true`,
    body: {
      inputs: [{ id: externalKey }],
      idProperty: KEY_PROPERTY,
      properties: [KEY_PROPERTY],
      propertiesWithHistory: [],
    },
  });
  return (status === 200 || status === 207) && batchSchema.parse(body).results.length > 0;
}

/** Ids of the records that became part of this one. Pure. */
export function mergedIds({ properties }: Pick<HubspotRecord, 'properties'>): string[] {
  const told = [properties[MERGED_IDS], properties.hs_calculated_merged_vids];
  // Contacts: `id:time;id:time`.
  return told
    .flatMap((text) => (text ?? '').split(';').map((each) => each.split(':')[0]?.trim() ?? ''))
    .filter(Boolean);
}

function wantedOf(fields: HubspotFields): string[] {
  return [...fields.keys(), KEY_PROPERTY, MERGED_IDS, 'hs_calculated_merged_vids'];
}

async function readBatch(
  api: HubspotApi,
  objectType: CrmObjectType,
  fields: HubspotFields,
  ids: readonly string[],
  idProperty?: string,
): Promise<{ results: HubspotRecord[]; missing: ReadonlySet<string> }> {
  const results: HubspotRecord[] = [];
  const missing = new Set<string>();
  for (let start = 0; start < ids.length; start += MAX_INPUTS) {
    const part = await readPart(api, objectType, fields, ids.slice(start, start + MAX_INPUTS), idProperty);
    results.push(...part.results);
    for (const id of part.missing) missing.add(id);
  }
  return { results, missing };
}

async function readPart(
  api: HubspotApi,
  objectType: CrmObjectType,
  fields: HubspotFields,
  ids: readonly string[],
  idProperty?: string,
): Promise<{ results: HubspotRecord[]; missing: string[] }> {
  const { path, noun } = api.objects[objectType];
  const response = await api.send({
    method: 'POST',
    path: `${API.objects}/${path}/batch/read?archived=false`,
    body: {
      inputs: ids.map((id) => ({ id })),
      properties: wantedOf(fields),
      propertiesWithHistory: [],
      ...(idProperty !== undefined && { idProperty }),
    },
  });
  if (response.status === 200 || response.status === 207) {
    const { results, errors } = batchSchema.parse(response.body);
    return { results, missing: errors.flatMap(({ context }) => context.ids ?? []) };
  }
  const error = errorOf(response);
  const aboutKey = idProperty !== undefined && response.status === 400;
  if (aboutKey || propertyProblems(error).some(({ property }) => property === KEY_PROPERTY))
    throw new CrmError(
      'connection',
      `HubSpot has no unique property ${KEY_PROPERTY} for each ${noun}; press “Check now” at the connection, which makes it.`,
      { status: response.status },
    );
  throw unexpected(response);
}
