import type { CrmWrite } from '../connector.ts';
import type { SalesforceSettings } from './settings.ts';
import type { RowContext } from './snapshots.ts';

export type RawFields = Record<string, string | number | boolean | null>;

/**
 * What a new record has besides what the mapping says: its name, and what Salesforce insists on. Fields that this
 * user may not fill in are left out. Pure.
 */
export function newRecord(
  { create }: Pick<CrmWrite, 'create'>,
  { objectType, sObject, described }: Pick<RowContext, 'objectType' | 'sObject' | 'described'>,
  { closeDays }: Pick<SalesforceSettings, 'closeDays'>,
  now: Date,
): RawFields {
  const name = create?.name.replace(/\s+/g, ' ').trim() ?? '';
  const firstOf = (field: string) =>
    described.fields.get(field)?.picklistValues.find(({ active }) => active)?.value;
  const wanted: Record<string, string | boolean | undefined> = {};
  switch (sObject) {
    case 'Account':
      wanted.Name = name;
      break;
    case 'Contact':
      Object.assign(wanted, personName(name));
      break;
    case 'Opportunity':
      wanted.Name = name;
      wanted.StageName = firstOf('StageName');
      wanted.CloseDate = dayAfter(now, closeDays);
      break;
    case 'Task':
      wanted.Subject = name;
      // A report tells of what was done.
      if (objectType === 'activity')
        wanted.Status = closedStatus(described.fields.get('Status')?.picklistValues ?? []);
      break;
    case 'Event':
      wanted.Subject = name;
      // Without times of its own; it then lasts its whole day.
      wanted.IsAllDayEvent = true;
      wanted.ActivityDate = dayAfter(now, 0);
      break;
  }
  const fields: RawFields = {};
  for (const [key, value] of Object.entries(wanted)) {
    const field = described.fields.get(key);
    if (value === undefined || value === '' || field?.createable !== true) continue;
    fields[key] = typeof value === 'string' && field.length > 0 ? value.slice(0, field.length) : value;
  }
  return fields;
}

/** The last word is the last name: Salesforce needs one, and nothing else is known of how the name is made up. */
function personName(name: string): { FirstName: string; LastName: string } {
  const words = name.split(' ');
  const last = words.pop() ?? name;
  return { FirstName: words.join(' '), LastName: last };
}

function closedStatus(values: readonly { active: boolean; value: string }[]): string | undefined {
  return values.find(({ active, value }) => active && value === 'Completed')?.value;
}

function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 24 * 3600_000).toISOString().slice(0, 10);
}
