import { z } from 'zod';
import {
  CRM_OBJECT_TYPES,
  type CrmDataType,
  type CrmFieldDefinition,
  type CrmObjectType,
} from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import type { SalesforceApi } from './salesforce-api.ts';
import type { SalesforceSettings } from './settings.ts';
import { type SObjectName, sObjectOf } from './sobjects.ts';

const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().default(0),
  createable: z.boolean(),
  updateable: z.boolean(),
  nillable: z.boolean().default(true),
  externalId: z.boolean().default(false),
  unique: z.boolean().default(false),
  deprecatedAndHidden: z.boolean().default(false),
  extraTypeInfo: z.string().nullish(),
  referenceTo: z.array(z.string()).default([]),
  defaultValue: z.union([z.string(), z.boolean(), z.number()]).nullish(),
  picklistValues: z
    .array(z.object({ active: z.boolean(), value: z.string(), defaultValue: z.boolean().default(false) }))
    .default([]),
});

const describeSchema = z.object({
  label: z.string(),
  createable: z.boolean(),
  updateable: z.boolean(),
  deletable: z.boolean(),
  fields: z.array(fieldSchema),
});

/** A field as Salesforce describes it. */
export type SalesforceField = z.infer<typeof fieldSchema>;

/** An object as Salesforce describes it to the user that we sign in as: what it may not see is not there. */
export interface DescribedObject {
  label: string;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  /** All fields, by API name. */
  fields: ReadonlyMap<string, SalesforceField>;
  /** Those that mappings can write to, in Salesforce's order. */
  mappable: readonly CrmFieldDefinition[];
}

export type DescribedName = SObjectName | 'User' | 'Product2';

/** Asks for several objects at once; one that this user may not see is null. @throws CrmError */
export async function describeObjects(
  api: SalesforceApi,
  names: readonly DescribedName[],
  { keyField }: Pick<SalesforceSettings, 'keyField'>,
): Promise<Map<DescribedName, DescribedObject | null>> {
  const answers = await api.batch(names.map((name) => `/sobjects/${name}/describe`));
  return new Map(
    names.map((name, index) => {
      const answer = answers[index];
      if (answer === undefined || answer.status >= 500)
        throw new CrmError(
          'transient',
          'Salesforce did not describe its objects; it is tried again by itself.',
        );
      return [name, answer.status === 200 ? describedOf(answer.body, keyField) : null];
    }),
  );
}

/** The objects that our own are kept in, each once. */
export function sObjectsInUse(settings: SalesforceSettings): SObjectName[] {
  return [...new Set(CRM_OBJECT_TYPES.map((objectType: CrmObjectType) => sObjectOf(objectType, settings)))];
}

function describedOf(body: unknown, keyField: string): DescribedObject {
  const { fields, ...rest } = describeSchema.parse(body);
  return {
    ...rest,
    fields: new Map(fields.map((field) => [field.name, field])),
    mappable: fields.flatMap((field) => {
      const dataType = field.name === keyField ? null : dataTypeOf(field);
      if (dataType === null) return [];
      return [
        {
          key: field.name,
          label: field.label,
          dataType,
          options: dataType === 'choice' ? optionsOf(field) : [],
          writable: true,
          initial: initialOf(field),
        },
      ];
    }),
  };
}

const DATA_TYPES: Record<string, CrmDataType> = {
  string: 'text',
  textarea: 'text',
  combobox: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  int: 'number',
  double: 'number',
  percent: 'number',
  currency: 'money',
  date: 'date',
  picklist: 'choice',
  boolean: 'choice',
  multipicklist: 'list',
};

/** Null for what a mapping can't write: what Salesforce reckons itself, ids, times of day, repetition of activities. */
function dataTypeOf(field: SalesforceField): CrmDataType | null {
  if (!field.updateable || field.deprecatedAndHidden || /^(Is)?Recurrence/.test(field.name)) return null;
  if (field.type === 'reference') return isPerson(field) ? 'person' : null;
  return DATA_TYPES[field.type] ?? null;
}

/** A reference to a user; owners may be queues besides. */
export function isPerson({ type, referenceTo }: Pick<SalesforceField, 'type' | 'referenceTo'>): boolean {
  return type === 'reference' && referenceTo.includes('User');
}

function optionsOf(field: SalesforceField): string[] {
  if (field.type === 'boolean') return ['true', 'false'];
  return field.picklistValues.filter(({ active }) => active).map(({ value }) => value);
}

function initialOf({ defaultValue, picklistValues }: SalesforceField): string | undefined {
  const given = defaultValue ?? picklistValues.find((option) => option.active && option.defaultValue)?.value;
  return given === undefined ? undefined : String(given);
}
