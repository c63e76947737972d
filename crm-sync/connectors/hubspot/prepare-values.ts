import type { CrmFieldWrite, CrmObjectType, CrmWrite } from '../connector.ts';
import { unsaidTime } from './days.ts';
import { type HubspotObject, KEY_PROPERTY, nameProperties } from './objects.ts';
import type { HubspotFields } from './properties.ts';
import type { RecordDeps } from './record-deps.ts';
import { toHubspot, type ValueContext } from './values.ts';

/** A write's values as HubSpot takes them, by property; or what is wrong with one of them. */
export type Prepared =
  | { ok: true; properties: Record<string, string> }
  | { ok: false; field: string; message: string; stale: boolean };

/**
 * Converts the values of writes to one object. Where a property or an option is unknown, HubSpot is asked once more what
 * there is: somebody may have added it since the connection was opened.
 */
export async function prepareValues(
  deps: RecordDeps,
  objectType: CrmObjectType,
  writes: readonly CrmWrite[],
): Promise<{ fields: HubspotFields; prepared: Prepared[] }> {
  const { catalog, api } = deps;
  const first = await convertAll(deps, await catalog.known(objectType), api.objects[objectType], writes);
  if (!first.prepared.some((each) => !each.ok && each.stale)) return first;
  return convertAll(deps, await catalog.fresh(objectType), api.objects[objectType], writes);
}

async function convertAll(
  { api, owners }: RecordDeps,
  fields: HubspotFields,
  object: HubspotObject,
  writes: readonly CrmWrite[],
): Promise<{ fields: HubspotFields; prepared: Prepared[] }> {
  const all = writes.flatMap((write) => write.fields);
  const typeOf = ({ field }: CrmFieldWrite) => fields.get(field)?.definition.dataType;
  const emails = all
    .filter((each) => typeOf(each) === 'person')
    .flatMap(({ value }) => (typeof value === 'string' ? [value.trim().toLowerCase()] : []));
  const needsZone = all.some((each) => typeOf(each) === 'date');
  const context: ValueContext = {
    timeZone: needsZone ? (await api.portal()).timeZone : 'UTC',
    ownerIds: emails.length === 0 ? new Map() : await owners.idsOf(emails),
    ownerEmails: new Map(),
  };
  return { fields, prepared: writes.map((write) => convertOne(write, fields, object, context)) };
}

function convertOne(
  write: CrmWrite,
  fields: HubspotFields,
  { noun }: HubspotObject,
  context: ValueContext,
): Prepared {
  const properties: Record<string, string> = {};
  for (const { field, value } of write.fields) {
    const known = fields.get(field);
    if (known === undefined)
      return {
        ok: false,
        field,
        message: `HubSpot’s ${noun} has no “${field}” that can be written; choose another field in the mapping.`,
        stale: true,
      };
    const converted = toHubspot(known, value, context);
    if (!converted.ok) {
      const { message, stale = false } = converted;
      return { ok: false, field, message, stale };
    }
    properties[field] = converted.text;
  }
  return { ok: true, properties };
}

/** Without a date a task would be overdue on the day that it is made. */
const UNDATED_TASK_MS = 7 * 86_400_000;

/**
 * All properties of a record that is made: what is written, our key, a name, and what HubSpot wants in every such
 * record. Pure.
 */
export function propertiesOfNew(
  write: CrmWrite,
  properties: Readonly<Record<string, string>>,
  object: HubspotObject,
  fields: HubspotFields,
  now: Date,
): Record<string, string> {
  const needed: Record<string, string> = nameProperties(object, write.create?.name ?? '');
  if (object.isEngagement)
    needed.hs_timestamp = unsaidTime(
      object.objectType === 'task' ? new Date(now.getTime() + UNDATED_TASK_MS) : now,
    );
  if (object.objectType === 'deal') {
    // The first stage of the first pipeline, as when a person makes a deal.
    for (const name of ['pipeline', 'dealstage']) {
      const value = fields.get(name)?.property.options.find(({ hidden }) => !hidden)?.value;
      if (value !== undefined && properties.dealstage === undefined) needed[name] = value;
    }
  }
  const given = Object.entries(properties).filter(([, text]) => text !== '');
  return { ...needed, ...Object.fromEntries(given), [KEY_PROPERTY]: write.externalKey };
}
