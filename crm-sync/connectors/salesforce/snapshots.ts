import { createHash } from 'node:crypto';
import type { CrmFieldValue, CrmObjectType, CrmSnapshot } from '../connector.ts';
import type { DescribedObject } from './describe.ts';
import { isPerson } from './describe.ts';
import type { Row } from './salesforce-api.ts';
import { LINK_FIELDS, type SObjectName } from './sobjects.ts';
import type { Users } from './users.ts';
import { fromSalesforce } from './values.ts';

/** A record as it was found: what others may know of it, and what writing it takes. */
export interface Found {
  snapshot: CrmSnapshot;
  id: string;
  row: Row;
  /** `SystemModstamp`: when it was last changed, in whole seconds. */
  changedAt: Date;
  /**
   * Salesforce tells changes apart by the second. Only of a record that was read after the second of its last change
   * can it be told for sure whether it has changed since.
   */
  settled: boolean;
  /** It was known by its id, so that the number of records with our key does not matter. */
  linked: boolean;
}

/** What is wanted of a row beside itself. */
export interface RowContext {
  objectType: CrmObjectType;
  sObject: SObjectName;
  described: DescribedObject;
  users: Users;
  /** Where people see records. */
  origin: string;
}

/** Rows as records that were found, in order. */
export async function foundOf(
  rows: readonly { row: Row; externalKey: string; matches: number; linked: boolean }[],
  { objectType, sObject, described, users, origin }: RowContext,
  at: Date | null,
): Promise<Found[]> {
  const mappable = described.mappable.flatMap(({ key }) => described.fields.get(key) ?? []);
  const people = mappable.filter(isPerson);
  const emails = await users.emails(
    rows.flatMap(({ row }) => people.flatMap(({ name }) => textOrNull(row[name]) ?? [])),
  );
  return rows.map(({ row, externalKey, matches, linked }) => {
    const fields: Record<string, CrmFieldValue> = {};
    for (const field of mappable) {
      const raw = row[field.name];
      const value = fromSalesforce(field, isPerson(field) ? (emails.get(String(raw)) ?? raw) : raw);
      if (value !== null) fields[field.name] = value;
    }
    const links = LINK_FIELDS[sObject].map(({ field }) => row[field] ?? null);
    const changedAt = new Date(String(row.SystemModstamp));
    const hash = createHash('sha256').update(JSON.stringify([fields, links]));
    const id = String(row.Id);
    return {
      id,
      row,
      changedAt,
      settled: at !== null && secondOf(at) > secondOf(changedAt),
      linked,
      snapshot: {
        objectType,
        externalKey,
        revision: `${changedAt.toISOString()} ${hash.digest('base64url').slice(0, 16)}`,
        fields,
        url: `${origin}/${id}`,
        ...(matches > 1 && { matches }),
      },
    };
  });
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function secondOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
