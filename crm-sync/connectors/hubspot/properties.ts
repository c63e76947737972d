import type { CrmDataType, CrmFieldDefinition, CrmObjectType } from '../connector.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { API, KEY_PROPERTY } from './objects.ts';
import { type HubspotProperty, propertiesSchema } from './responses.ts';

/** A property that we can write, as HubSpot and as everybody else here knows it. */
export interface HubspotField {
  definition: CrmFieldDefinition;
  property: HubspotProperty;
  isHtml: boolean;
  /** By the name that an option goes by here. */
  optionValues: ReadonlyMap<string, string>;
  /** By HubSpot's value. */
  optionNames: ReadonlyMap<string, string>;
}

/** Fields by property name. */
export type HubspotFields = ReadonlyMap<string, HubspotField>;

export interface FieldCatalog {
  /** As last heard from HubSpot. */
  known(objectType: CrmObjectType): Promise<HubspotFields>;
  /** Asks HubSpot. */
  fresh(objectType: CrmObjectType): Promise<HubspotFields>;
}

/** HubSpot shows these as rich text whatever the field type that it names. */
const HTML_PROPERTIES = new Set([
  'hs_note_body',
  'hs_meeting_body',
  'hs_internal_meeting_notes',
  'hs_task_body',
]);

/**
 * What HubSpot puts into a record that is made without it. Its API does not tell these; they are as its documentation
 * and its own pages have them.
 */
const INITIAL: Readonly<Record<string, string>> = {
  hs_task_status: 'NOT_STARTED',
  hs_task_priority: 'NONE',
  hs_task_type: 'TODO',
  hs_task_for_object_type: 'OWNER',
  hs_task_is_all_day: 'false',
  hs_meeting_outcome: 'SCHEDULED',
};

/**
 * The properties that can be written. Those that HubSpot works out by itself are left out: a company has more than a
 * hundred, and each comparison would read them all.
 */
export function createFieldCatalog(api: HubspotApi): FieldCatalog {
  const cached = new Map<CrmObjectType, HubspotFields>();
  async function fresh(objectType: CrmObjectType): Promise<HubspotFields> {
    const { body } = await api.get(`${API.properties}/${api.objects[objectType].path}?archived=false`);
    const fields = new Map(
      propertiesSchema.parse(body).results.flatMap((property) => {
        const field = fieldOf(property);
        return field === null ? [] : [[property.name, field] as const];
      }),
    );
    cached.set(objectType, fields);
    return fields;
  }
  return { fresh, known: async (objectType) => cached.get(objectType) ?? fresh(objectType) };
}

/** Null for what can't be written or holds nothing that we know. Pure. */
export function fieldOf(property: HubspotProperty): HubspotField | null {
  const { name, label, hidden, archived, calculated, modificationMetadata } = property;
  if (hidden || archived || calculated || modificationMetadata?.readOnlyValue === true) return null;
  if (name === KEY_PROPERTY) return null;
  const dataType = dataTypeOf(property);
  if (dataType === null) return null;
  const names = nameOptions(property);
  const isChoice = dataType === 'choice' || dataType === 'list';
  return {
    definition: {
      key: name,
      label,
      dataType,
      options: dataType === 'choice' ? names.filter((each) => !each.hidden).map((each) => each.name) : [],
      writable: true,
      ...(INITIAL[name] !== undefined && { initial: INITIAL[name] }),
    },
    property,
    isHtml: dataType === 'text' && (property.fieldType === 'html' || HTML_PROPERTIES.has(name)),
    optionValues: new Map(isChoice ? names.map((each) => [each.name, each.value]) : []),
    optionNames: new Map(isChoice ? names.map((each) => [each.value, each.name]) : []),
  };
}

function dataTypeOf(property: HubspotProperty): CrmDataType | null {
  const { name, type, fieldType, referencedObjectType, externalOptions } = property;
  if (referencedObjectType === 'OWNER' || name === 'hubspot_owner_id') return 'person';
  if (fieldType === 'file') return null;
  switch (type) {
    case 'string':
    case 'phone_number':
      return 'text';
    case 'number':
      return property.showCurrencySymbol === true || property.numberDisplayHint === 'currency'
        ? 'money'
        : 'number';
    case 'date':
    case 'datetime':
      return 'date';
    case 'bool':
      return 'choice';
    case 'enumeration':
      if (externalOptions) return null;
      return fieldType === 'checkbox' ? 'list' : 'choice';
    default:
      return null;
  }
}

/**
 * Options go by HubSpot's own value, which stays when a label is renamed or shown in another language; but where that
 * is a mere number, as for the stages of a pipeline of one's own, by the label.
 */
function nameOptions({ type, options }: HubspotProperty): { name: string; value: string; hidden: boolean }[] {
  const given =
    type === 'bool' && options.length === 0
      ? ['true', 'false'].map((value) => ({ value, label: value, hidden: false }))
      : options;
  const labels = given.map(({ label }) => label.toLowerCase());
  return given.map(({ label, value, hidden }) => {
    if (!/^\d+$/.test(value)) return { name: value, value, hidden };
    const isAlone = labels.indexOf(label.toLowerCase()) === labels.lastIndexOf(label.toLowerCase());
    return { name: isAlone ? label : `${label} (${value})`, value, hidden };
  });
}
