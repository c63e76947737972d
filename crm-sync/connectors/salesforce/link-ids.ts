import type { CrmReference, CrmWrite, CrmWriteResult } from '../connector.ts';
import type { RecordLinks } from '../record-links.ts';
import {
  idOf,
  type LinkIds,
  type LinkOutcome,
  type MissingRecord,
  makeMissing,
  nameOf,
} from './make-missing.ts';
import type { RawFields } from './new-record.ts';
import { contextOf, findByKeys, type SalesforceDeps } from './salesforce-deps.ts';
import { type Found, type RowContext, textOrNull } from './snapshots.ts';
import { LINK_FIELDS, type SObjectName, sObjectOf } from './sobjects.ts';

const LINKED_TYPES = ['account', 'contact', 'deal'] as const;
type LinkedType = (typeof LINKED_TYPES)[number];

/** The reference that each link field of a record takes. Pure. */
export function linksOf(write: CrmWrite, sObject: SObjectName): { field: string; reference: CrmReference }[] {
  return LINK_FIELDS[sObject].flatMap(({ field, to }) => {
    const reference = to
      .map((objectType) => write.links.find((link) => link.objectType === objectType))
      .find((link) => link !== undefined);
    return reference === undefined ? [] : [{ field, reference }];
  });
}

/**
 * Ids of what records are linked to. Links that are kept are taken as they are (Salesforce says if one is stale: then
 * `fresh` looks at each); what it does not know is made, accounts before their contacts. Those who are looked for or
 * made are so by one batch at a time, since batches of one report come at once.
 */
export async function linkIds(
  deps: SalesforceDeps,
  writes: readonly CrmWrite[],
  { fresh }: { fresh: boolean },
): Promise<LinkIds> {
  const { links, settings } = deps;
  const wanted = writes.flatMap((write) =>
    linksOf(write, sObjectOf(write.objectType, settings)).map(({ reference }) => ({ reference, write })),
  );
  const ids = new Map<string, LinkOutcome>();
  async function takeKnown(objectType: LinkedType, keys: readonly string[]): Promise<string[]> {
    const known = await links.remoteIds(objectType, keys);
    for (const [key, id] of known) ids.set(nameOf({ objectType, externalKey: key }), { id });
    return keys.filter((key) => !known.has(key));
  }
  for (const objectType of LINKED_TYPES) {
    const ofType = new Map(
      wanted
        .filter(({ reference }) => reference.objectType === objectType)
        .map(({ reference, write }) => [
          reference.externalKey,
          { reference, account: write.links.find((link) => link.objectType === 'account') ?? null },
        ]),
    );
    const keys = [...ofType.keys()];
    const unknown = fresh || keys.length === 0 ? keys : await takeKnown(objectType, keys);
    if (unknown.length === 0) continue;
    await deps.inTurn(async () => {
      const open = fresh ? unknown : await takeKnown(objectType, unknown);
      if (open.length === 0) return;
      const context = await contextOf(deps, objectType);
      const found = await findByKeys(deps, context, open);
      const missing: MissingRecord[] = [];
      for (const key of open) {
        const id = found.get(key)?.id;
        ids.set(nameOf({ objectType, externalKey: key }), id === undefined ? null : { id });
        const each = ofType.get(key);
        if (id === undefined && each !== undefined) missing.push(each);
      }
      if (settings.makesCustomers && objectType !== 'deal') await makeMissing(deps, context, missing, ids);
    });
  }
  return ids;
}

/**
 * Why a new record can't be linked as it should be; null: it can. An activity without its account would be found by
 * nobody; without one of its contacts it still is.
 */
export function linkRefusal(write: CrmWrite, sObject: SObjectName, ids: LinkIds): CrmWriteResult | null {
  for (const { reference } of linksOf(write, sObject)) {
    const outcome = ids.get(nameOf(reference)) ?? null;
    if (outcome !== null && 'refused' in outcome) return outcome.refused;
    if (outcome === null && reference.objectType === 'account') return UNKNOWN_ACCOUNT;
  }
  return null;
}

const UNKNOWN_ACCOUNT: CrmWriteResult = {
  status: 'permanent',
  message:
    'Salesforce does not know the account of this report; make it there and import it, then try again.',
  field: null,
};

/** Under this key of the record it is kept what we linked it to: another link there is somebody else's. */
export function linkNote(externalKey: string, field: string): string {
  return `${externalKey}#${field}`;
}

/** Forgets which records these keys stand for, and what they were linked to. */
export async function forgetLinks(
  links: RecordLinks,
  { objectType, sObject }: Pick<RowContext, 'objectType' | 'sObject'>,
  externalKeys: readonly string[],
): Promise<void> {
  const notes = externalKeys.flatMap((key) => LINK_FIELDS[sObject].map(({ field }) => linkNote(key, field)));
  await links.forget(objectType, [...externalKeys, ...notes]);
}

/**
 * The link fields to write: all of a new record; of one that is there those that are empty and were never ours, or
 * still say what we linked it to. A rep who moved our task to an opportunity finds it there after a correction. Pure.
 */
export function linksToWrite(
  write: CrmWrite,
  found: Found | null,
  sObject: SObjectName,
  ids: LinkIds,
  linkedBefore: ReadonlyMap<string, string>,
): RawFields {
  const fields: RawFields = {};
  for (const { field, reference } of linksOf(write, sObject)) {
    const id = idOf(ids.get(nameOf(reference)));
    const current = found === null ? null : textOrNull(found.row[field]);
    const before = found === null ? null : (linkedBefore.get(linkNote(write.externalKey, field)) ?? null);
    if (id !== null && id !== current && current === before) fields[field] = id;
  }
  return fields;
}
