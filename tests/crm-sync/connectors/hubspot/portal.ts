import { KEY_PROPERTY } from '../../../../crm-sync/connectors/hubspot/objects.ts';
import { type PortalProperty, startingProperties } from './portal-properties.ts';

export interface PortalRecord {
  id: string;
  properties: Record<string, string>;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  /** Where it lives on. */
  mergedInto: string | null;
}

/** A refusal as HubSpot words it. */
export class Refused extends Error {
  readonly status: number;
  readonly category: string;
  readonly more: { context?: Record<string, string[]>; errors?: object[]; policyName?: string };

  constructor(status: number, category: string, message: string, more: Refused['more'] = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.more = more;
  }
}

/** From type, to type: the ids of its associations, the unlabeled one first. */
const ASSOCIATION_TYPES: Record<string, number[]> = {
  'contacts companies': [279, 1],
  'deals companies': [341, 5],
  'deals contacts': [3],
  'tasks companies': [192],
  'tasks contacts': [204],
  'tasks deals': [216],
  'meetings companies': [188],
  'meetings contacts': [200],
  'meetings deals': [212],
  'notes companies': [190],
  'notes contacts': [202],
  'notes deals': [214],
};

const ENGAGEMENTS = ['tasks', 'meetings', 'notes'];
const MAX_TEXT = 65_536;

/** A HubSpot account in memory: its records, properties, people and associations, and what it refuses. */
export function createPortal() {
  const properties = startingProperties();
  const records: Record<string, Map<string, PortalRecord>> = {};
  for (const type of Object.keys(properties)) records[type] = new Map();
  const associations = new Set<string>();
  const owners = new Map<string, { id: string; email: string; archived: boolean }>();
  let lastId = 1000;
  let now = Date.parse('2026-03-02T18:00:00Z');

  const store = (type: string): Map<string, PortalRecord> => {
    const found = records[type];
    if (found === undefined)
      throw new Refused(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${type}`);
    return found;
  };
  const propertyOf = (type: string, name: string): PortalProperty | undefined =>
    properties[type]?.find((each) => each.name === name);
  /** Every change has a time of its own. */
  const tick = () => {
    now += 1;
    return now;
  };

  function checkValues(type: string, id: string | null, values: Record<string, string>): void {
    const problems = Object.entries(values).flatMap(([name, value]) => {
      const code = problemOf(propertyOf(type, name), value);
      return code === null ? [] : [{ isValid: false, message: `${name}: ${value}`, error: code, name }];
    });
    if (problems.length > 0)
      throw new Refused(
        400,
        'VALIDATION_ERROR',
        `Property values were not valid: ${JSON.stringify(problems)}`,
      );
    for (const [name, value] of Object.entries(values)) {
      if (propertyOf(type, name)?.hasUniqueValue !== true || value === '') continue;
      const other =
        findUnique(type, name, value) ??
        (portal.deletedKeepTheirKeys ? findUnique(type, name, value, true) : undefined);
      if (other !== undefined && other.id !== id)
        throw new Refused(
          400,
          'VALIDATION_ERROR',
          `Cannot set PropertyValueCoordinates{propertyName=${name}, value=${value}}. ${other.id} already has that value.`,
        );
    }
  }

  function problemOf(property: PortalProperty | undefined, value: string): string | null {
    if (property === undefined) return 'PROPERTY_DOESNT_EXIST';
    if (property.modificationMetadata.readOnlyValue) return 'READ_ONLY_VALUE';
    if (value === '') return null;
    if (property.referencedObjectType === 'OWNER')
      return [...owners.values()].some(({ id }) => id === value) ? null : 'INVALID_OWNER_ID';
    switch (property.type) {
      case 'enumeration': {
        const items = property.fieldType === 'checkbox' ? value.split(';').filter(Boolean) : [value];
        return items.every((item) => property.options.some((option) => option.value === item))
          ? null
          : 'INVALID_OPTION';
      }
      case 'number':
        return Number.isFinite(Number(value)) ? null : 'INVALID_INTEGER';
      case 'date':
        // A day, or midnight UTC of it in milliseconds.
        return /^\d{4}-\d{2}-\d{2}$/.test(value) || (/^\d+$/.test(value) && Number(value) % 86_400_000 === 0)
          ? null
          : 'INVALID_DATE';
      case 'datetime':
        return Number.isNaN(timeOf(value)) ? 'INVALID_DATE' : null;
      default:
        return value.length > MAX_TEXT ? 'INVALID_LENGTH' : null;
    }
  }

  function findUnique(
    type: string,
    name: string,
    value: string,
    isArchived = false,
  ): PortalRecord | undefined {
    return [...store(type).values()].find(
      (record) => (record.archivedAt !== null) === isArchived && record.properties[name] === value,
    );
  }

  /** Follows merges; undefined for what was deleted or never was. */
  function byId(type: string, id: string): PortalRecord | undefined {
    const record = store(type).get(id);
    if (record?.mergedInto != null) return byId(type, record.mergedInto);
    return record?.archivedAt === null ? record : undefined;
  }

  function setValues(type: string, record: PortalRecord, values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) {
      if (value === '') delete record.properties[name];
      else record.properties[name] = stored(propertyOf(type, name), value);
    }
    record.updatedAt = tick();
  }

  const portal = {
    properties,
    owners,
    propertyOf,
    store,
    byId,
    findUnique,
    now: () => now,
    /** So many results of one search can be had, however it is paged through. */
    searchEnd: 10_000,
    /** HubSpot does not document which it is. */
    deletedKeepTheirKeys: false,
    advance(ms: number) {
      now += ms;
    },

    create(
      type: string,
      values: Record<string, string>,
      links: readonly { to: { id: string }; types: { associationTypeId: number }[] }[] = [],
    ): PortalRecord {
      const lacking = ENGAGEMENTS.includes(type) && (values.hs_timestamp ?? '') === '';
      if (lacking)
        throw new Refused(
          400,
          'VALIDATION_ERROR',
          `Error creating ${type}. Some required properties were not set.`,
          {
            context: { properties: ['hs_timestamp'] },
          },
        );
      checkValues(type, null, values);
      const namesake =
        type === 'contacts' && values.email ? findUnique(type, 'email', values.email) : undefined;
      if (namesake !== undefined)
        throw new Refused(409, 'CONFLICT', `Contact already exists. Existing ID: ${namesake.id}`, {
          context: { existingId: [namesake.id] },
        });
      const ends = links.flatMap(({ to, types }) =>
        types.map((each) => endOf(type, to.id, each.associationTypeId)),
      );
      lastId += 1;
      const at = tick();
      const record: PortalRecord = {
        id: String(lastId),
        properties: type === 'tasks' ? { hs_task_status: 'NOT_STARTED', hs_task_priority: 'NONE' } : {},
        createdAt: at,
        updatedAt: at,
        archivedAt: null,
        mergedInto: null,
      };
      store(type).set(record.id, record);
      setValues(type, record, values);
      for (const end of ends) associations.add(`${type} ${record.id} ${end}`);
      return record;
    },

    update(type: string, id: string, values: Record<string, string>): PortalRecord {
      const record = byId(type, id);
      if (record === undefined)
        throw new Refused(404, 'OBJECT_NOT_FOUND', `Could not find ${type}`, { context: { ids: [id] } });
      checkValues(type, record.id, values);
      setValues(type, record, values);
      return record;
    },

    archive(type: string, id: string): void {
      const record = byId(type, id);
      if (record !== undefined) record.archivedAt = tick();
    },

    /** As of 2025: a new record with a new id, both old ids lead to it; values are those of the primary one. */
    merge(type: string, primaryId: string, otherId: string): PortalRecord {
      const primary = byId(type, primaryId);
      const other = byId(type, otherId);
      if (ENGAGEMENTS.includes(type) || primary === undefined || other === undefined)
        throw new Refused(400, 'VALIDATION_ERROR', 'These can not be merged');
      lastId += 1;
      const at = tick();
      const merged: PortalRecord = {
        id: String(lastId),
        properties: { ...primary.properties, hs_merged_object_ids: `${primary.id};${other.id}` },
        createdAt: primary.createdAt,
        updatedAt: at,
        archivedAt: null,
        mergedInto: null,
      };
      store(type).set(merged.id, merged);
      for (const old of [primary, other]) {
        old.archivedAt = at;
        old.mergedInto = merged.id;
      }
      return merged;
    },

    associateDefault(from: string, fromId: string, to: string, toId: string): void {
      const [usual] = ASSOCIATION_TYPES[`${from} ${to}`] ?? [];
      const one = byId(from, fromId);
      const other = byId(to, toId);
      if (usual === undefined || one === undefined || other === undefined)
        throw new Refused(404, 'OBJECT_NOT_FOUND', 'One of the records does not exist', {
          context: { fromObjectId: [fromId], toObjectId: [toId] },
        });
      associations.add(`${from} ${one.id} ${to} ${other.id} ${usual}`);
    },

    dissociate(from: string, fromId: string, to: string, toId: string): void {
      const start = `${from} ${byId(from, fromId)?.id} ${to} ${byId(to, toId)?.id ?? toId} `;
      for (const each of [...associations]) if (each.startsWith(start)) associations.delete(each);
    },

    /** `type id associationTypeId` of what a record is associated with. */
    associatedWith(type: string, id: string): string[] {
      const start = `${type} ${id} `;
      return [...associations]
        .filter((each) => each.startsWith(start))
        .map((each) => each.slice(start.length));
    },
  };

  function endOf(from: string, toId: string, associationTypeId: number): string {
    for (const [pair, types] of Object.entries(ASSOCIATION_TYPES)) {
      const [one, to = ''] = pair.split(' ');
      if (one !== from || !types.includes(associationTypeId)) continue;
      // Old ids of merged records are none that can be associated with.
      if (store(to).get(toId)?.archivedAt === null) return `${to} ${toId} ${associationTypeId}`;
    }
    throw new Refused(400, 'VALIDATION_ERROR', `Invalid association ${associationTypeId} to ${toId}`);
  }

  for (const type of Object.keys(properties)) if (type !== 'products') addKey(properties[type] ?? []);
  return portal;
}

export type Portal = ReturnType<typeof createPortal>;

function addKey(properties: PortalProperty[]): void {
  const like = properties[0];
  if (like === undefined) return;
  properties.push({
    ...like,
    name: KEY_PROPERTY,
    label: 'Dictaline key',
    type: 'string',
    fieldType: 'text',
    hasUniqueValue: true,
    hubspotDefined: false,
    options: [],
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
  });
}

export function timeOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
}

/** Moments come back as ISO 8601, days as days, rich text without what could run. */
function stored(property: PortalProperty | undefined, value: string): string {
  if (property?.type === 'datetime') return new Date(timeOf(value)).toISOString();
  if (property?.type === 'date') return new Date(timeOf(value)).toISOString().slice(0, 10);
  if (property?.fieldType === 'html') return value.replace(/<script[\s\S]*?<\/script>/gi, '');
  return value;
}
