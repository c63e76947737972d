import type { CrmFieldValue, CrmObjectType, CrmSnapshot } from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import type { RecordLinks } from '../record-links.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { API, KEY_PROPERTY } from './objects.ts';
import type { Owners } from './owners.ts';
import type { FieldCatalog, HubspotFields } from './properties.ts';
import { errorOf, propertyProblems, unexpected } from './refusals.ts';
import { batchSchema, type HubspotRecord, recordSchema } from './responses.ts';
import { isFormatted } from './rich-text.ts';
import { fromHubspot } from './values.ts';

/** What the parts of the connector that read and write records share. */
export interface RecordDeps {
  api: HubspotApi;
  catalog: FieldCatalog;
  owners: Owners;
  links: RecordLinks;
  now(): Date;
}

export interface FoundRecord {
  remoteId: string;
  snapshot: CrmSnapshot;
  /** Fields with text that somebody gave a form. */
  formatted: ReadonlySet<string>;
}

const MERGED_IDS = 'hs_merged_object_ids';

/**
 * Records by our keys: by the id that a link tells, else by the property that holds our key. A link to a record that
 * became part of another one moves there; one to a record that was deleted is forgotten, and the key looked for.
 *
 * @param keys at most 100. @throws CrmError
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
  const snapshots = await toSnapshots(deps, objectType, fields, records);
  return new Map(
    [...records].flatMap(([key, { id, properties }]) => {
      const snapshot = snapshots.get(key);
      if (snapshot === undefined) return [];
      const formatted = [...fields.values()].filter(
        ({ isHtml, definition }) => isHtml && isFormatted(properties[definition.key] ?? ''),
      );
      const names = new Set(formatted.map(({ definition }) => definition.key));
      return [[key, { remoteId: id, snapshot, formatted: names }] as const];
    }),
  );
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
    return { results, missing: new Set(errors.flatMap(({ context }) => context.ids ?? [])) };
  }
  const error = errorOf(response);
  const aboutKey = idProperty !== undefined && response.status === 400;
  if (aboutKey || propertyProblems(error).some(({ property }) => property === KEY_PROPERTY))
    throw new CrmError(
      'connection',
      `HubSpot has no unique property ${KEY_PROPERTY} for each ${noun}; press “Check” at the connection, which makes it.`,
      { status: response.status },
    );
  throw unexpected(response);
}

async function toSnapshots(
  { api, owners }: RecordDeps,
  objectType: CrmObjectType,
  fields: HubspotFields,
  records: ReadonlyMap<string, HubspotRecord>,
): Promise<Map<string, CrmSnapshot>> {
  if (records.size === 0) return new Map();
  const portal = await api.portal();
  const people = [...fields.values()].filter(({ definition }) => definition.dataType === 'person');
  const ids = [...records.values()].flatMap(({ properties }) =>
    people.flatMap(({ definition }) => properties[definition.key] ?? []),
  );
  const ownerEmails = ids.length === 0 ? new Map<string, string>() : await owners.emailsOf([...new Set(ids)]);
  const context = { timeZone: portal.timeZone, ownerEmails, ownerIds: new Map<string, string>() };
  return new Map(
    [...records].map(([externalKey, record]) => {
      const values: Record<string, CrmFieldValue> = {};
      for (const [name, field] of fields) {
        const value = fromHubspot(field, record.properties[name], context);
        if (value !== null) values[name] = value;
      }
      const { typeId } = api.objects[objectType];
      return [
        externalKey,
        {
          objectType,
          externalKey,
          revision: record.updatedAt,
          fields: values,
          url:
            record.url ??
            `https://${portal.uiDomain}/contacts/${portal.portalId}/record/${typeId}/${encodeURIComponent(record.id)}`,
        },
      ];
    }),
  );
}
