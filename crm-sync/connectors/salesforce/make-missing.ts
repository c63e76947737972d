import type { CrmReference, CrmWriteResult } from '../connector.ts';
import type { RecordLink } from '../record-links.ts';
import { newRecord } from './new-record.ts';
import type { SalesforceDeps } from './salesforce-deps.ts';
import { errorsOf, refusalOf } from './salesforce-error.ts';
import type { RowContext } from './snapshots.ts';
import { upsertedIds } from './upserted.ts';

/** An id at Salesforce, or why there is none: null where it is not known there and may not be made. */
export type LinkOutcome = { id: string } | { refused: CrmWriteResult } | null;

/** By `nameOf` of the reference. */
export type LinkIds = ReadonlyMap<string, LinkOutcome>;

export function nameOf({
  objectType,
  externalKey,
}: Pick<CrmReference, 'objectType' | 'externalKey'>): string {
  return `${objectType} ${externalKey}`;
}

/** Null where there is none, for whatever reason. */
export function idOf(outcome: LinkOutcome | undefined): string | null {
  return outcome !== undefined && outcome !== null && 'id' in outcome ? outcome.id : null;
}

/** What is linked to and is not at Salesforce; a contact with its account. */
export interface MissingRecord {
  reference: CrmReference;
  account: CrmReference | null;
}

/** Records in one collection. */
const NEW_A_REQUEST = 200;

/**
 * Makes accounts or contacts by our key, and notes their ids, or why there is none, in `ids`. A contact of an account
 * that is not there is not made: nobody but our own user would see it.
 */
export async function makeMissing(
  { api, links, settings, clock }: SalesforceDeps,
  context: RowContext,
  missing: readonly MissingRecord[],
  ids: Map<string, LinkOutcome>,
): Promise<void> {
  const { objectType, sObject } = context;
  const { keyField } = settings;
  const records: { name: string; externalKey: string; record: object }[] = [];
  for (const { reference, account } of missing) {
    const linked = objectType === 'contact' && account !== null ? (ids.get(nameOf(account)) ?? null) : null;
    const accountId = idOf(linked);
    if (linked !== null && accountId === null) {
      ids.set(nameOf(reference), linked);
      continue;
    }
    const { externalKey, name } = reference;
    records.push({
      name: nameOf(reference),
      externalKey,
      record: {
        attributes: { type: sObject },
        [keyField]: externalKey,
        ...newRecord({ create: { name } }, context, settings, clock.now()),
        ...(accountId !== null && { AccountId: accountId }),
      },
    });
  }
  for (let start = 0; start < records.length; start += NEW_A_REQUEST) {
    const part = records.slice(start, start + NEW_A_REQUEST);
    const body = await api.send('PATCH', `/composite/sobjects/${sObject}/${keyField}`, {
      allOrNone: false,
      records: part.map(({ record }) => record),
    });
    const kept: RecordLink[] = [];
    for (const [index, { id, errors }] of upsertedIds(body).entries()) {
      const made = part[index];
      if (made === undefined) continue;
      if (id !== null) kept.push({ objectType, externalKey: made.externalKey, remoteId: id });
      ids.set(
        made.name,
        id === null ? { refused: refusalOf(errorsOf(errors), { fields: [], keyField }) } : { id },
      );
    }
    await links.keep(kept);
  }
}
