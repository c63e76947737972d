import type { CrmFieldValue, CrmWrite, CrmWriteResult } from '../connector.ts';
import { sameValue } from '../same-value.ts';
import { isPerson } from './describe.ts';
import { newRecord, type RawFields } from './new-record.ts';
import { isPlain } from './rich-text.ts';
import type { SalesforceSettings } from './settings.ts';
import { type Found, type RowContext, textOrNull } from './snapshots.ts';
import { isRichText, toSalesforce } from './values.ts';

/** What is to be sent for a write; `found` null: the record has to be made. */
export interface PlannedWrite {
  write: CrmWrite;
  found: Found | null;
  /** Fields with the values to write, without links. */
  raw: RawFields;
}

export type Plan =
  | { done: CrmWriteResult }
  | { send: PlannedWrite }
  | { unchanged: PlannedWrite & { found: Found } };

export interface PlanContext {
  context: RowContext;
  settings: SalesforceSettings;
  /** Ids by e-mail; null: nobody. */
  userIds: ReadonlyMap<string, string | null>;
  now: Date;
}

/** What a write comes to beside what stands there, before Salesforce is asked. Pure. */
export function planWrite(write: CrmWrite, found: Found | null, planContext: PlanContext): Plan {
  const { context, settings, now } = planContext;
  const values: { field: string; value: CrmFieldValue; raw: string | number | boolean | null }[] = [];
  for (const { field, value } of write.fields) {
    const converted = convert(field, value, planContext);
    if (!converted.ok) return { done: { status: 'permanent', message: converted.message, field } };
    values.push({ field, value, raw: converted.raw });
  }
  if (found?.snapshot.matches !== undefined && !found.linked)
    return refused(
      'Several records in Salesforce carry our key; merge or delete all but one there, then try again.',
    );
  if (typeof write.expectedRevision === 'string' && found?.snapshot.revision !== write.expectedRevision)
    return { done: { status: 'conflict', current: found?.snapshot ?? null } };
  if (write.expectedRevision === null && found !== null)
    return { done: { status: 'conflict', current: found.snapshot } };

  if (found === null) {
    if (write.create === null)
      return refused('Salesforce has no such record any more; make it there or import it, then try again.');
    if (!settings.makesCustomers && ['account', 'contact'].includes(write.objectType))
      return refused(
        `Salesforce does not know this ${write.objectType}; make it there and import it, or let Dictaline make them.`,
      );
    const mapped = Object.fromEntries(
      values.filter(({ raw }) => raw !== null).map(({ field, raw }) => [field, raw]),
    );
    return { send: { write, found, raw: { ...newRecord(write, context, settings, now), ...mapped } } };
  }

  const changes = values.filter(({ field, value }) => !sameValue(found.snapshot.fields[field], value));
  const formatted = changes.find(({ field }) => {
    const definition = context.described.fields.get(field);
    return definition !== undefined && isRichText(definition) && !isPlain(textOrNull(found.row[field]) ?? '');
  });
  if (formatted !== undefined)
    return {
      done: {
        status: 'permanent',
        message:
          'Somebody formatted the text in Salesforce, which writing would lose; map to a field of its own.',
        field: formatted.field,
      },
    };
  const raw = Object.fromEntries(changes.map((change) => [change.field, change.raw]));
  const planned = { write, found, raw };
  return changes.length === 0 ? { unchanged: planned } : { send: planned };
}

/** E-mail addresses of people among the values, to be looked up at once. Pure. */
export function peopleIn(
  writes: readonly CrmWrite[],
  { described }: Pick<RowContext, 'described'>,
): string[] {
  return writes.flatMap(({ fields }) =>
    fields.flatMap(({ field, value }) => {
      const definition = described.fields.get(field);
      const text = definition !== undefined && isPerson(definition) ? textOrNull(value) : null;
      return text === null || isId(text) ? [] : [text];
    }),
  );
}

function convert(
  field: string,
  value: CrmFieldValue,
  { context: { described }, userIds }: PlanContext,
): ReturnType<typeof toSalesforce> {
  const definition = described.fields.get(field);
  if (definition === undefined || !described.mappable.some(({ key }) => key === field))
    return {
      ok: false,
      message: `${described.label} has no field “${field}” in Salesforce that this user may write; correct the mapping or give the right.`,
    };
  if (!isPerson(definition)) return toSalesforce(definition, value);
  const text = textOrNull(value);
  if (text === null) return toSalesforce(definition, null);
  const id = isId(text) ? text : (userIds.get(text) ?? null);
  if (id === null)
    return {
      ok: false,
      message: `No active user of Salesforce has this e-mail address (${definition.label}); add the user there or change the mapping.`,
    };
  return { ok: true, raw: id };
}

/** A queue has no e-mail address and stands as its id. */
function isId(text: string): boolean {
  return /^00[5G][A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(text);
}

function refused(message: string): Plan {
  return { done: { status: 'permanent', message, field: null } };
}
