import { DEFAULT_FIELDS } from '../mapping/default-mappings.ts';
import {
  CRM_OBJECT_TYPES,
  type CrmFieldDefinition,
  type CrmObjectDefinition,
  type CrmObjectType,
} from './connector.ts';

const OBJECT_LABELS: Record<CrmObjectType, string> = {
  account: 'Account',
  contact: 'Contact',
  activity: 'Activity',
  task: 'Task',
  deal: 'Deal',
};

/** The object's name for people, where the CRM has none of its own. */
export function objectLabel(objectType: CrmObjectType): string {
  return OBJECT_LABELS[objectType];
}

export type ExtraFields = { ok: true; fields: Map<CrmObjectType, string[]> } | { ok: false; message: string };

/** Reads `account.tier, task.channel`: further text fields, by object. Pure. */
export function readExtraFields(text: string): ExtraFields {
  const fields = new Map<CrmObjectType, string[]>();
  for (const name of text.split(/[\s,]+/).filter(Boolean)) {
    const [object, field, ...more] = name.split('.');
    const objectType = CRM_OBJECT_TYPES.find((each) => each === object);
    if (objectType === undefined || !field || more.length > 0 || !/^[A-Za-z_][\w-]{0,99}$/.test(field)) {
      const objects = CRM_OBJECT_TYPES.join(', ');
      return {
        ok: false,
        message: `Write further fields like account.tier, one of ${objects} before the point; correct the one that is not.`,
      };
    }
    fields.set(objectType, [...(fields.get(objectType) ?? []), field]);
  }
  return { ok: true, fields };
}

/**
 * The objects and fields of a receiver that has no description of itself: those that the built-in CRM starts with,
 * and further text fields. Choices are open there: whatever the report says is sent.
 */
export function catalogue(extra: ReadonlyMap<CrmObjectType, readonly string[]>): CrmObjectDefinition[] {
  return CRM_OBJECT_TYPES.map((objectType) => {
    const standard = DEFAULT_FIELDS[objectType].map(
      ({ key, label, dataType }): CrmFieldDefinition => ({
        key,
        label,
        dataType: dataType === 'choice' ? 'text' : dataType,
        options: [],
        writable: true,
      }),
    );
    const further = (extra.get(objectType) ?? [])
      .filter((key) => !standard.some((field) => field.key === key))
      .map((key): CrmFieldDefinition => ({ key, label: key, dataType: 'text', options: [], writable: true }));
    return { objectType, label: objectLabel(objectType), fields: [...standard, ...further] };
  });
}
