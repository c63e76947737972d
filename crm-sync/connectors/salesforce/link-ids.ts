import type { CrmReference, CrmWrite, CrmWriteResult } from '../connector.ts';
import type { RecordLink } from '../record-links.ts';
import { newRecord, type RawFields } from './new-record.ts';
import { contextOf, findByKeys, type SalesforceDeps } from './salesforce-deps.ts';
import { errorsOf, refusalOf } from './salesforce-error.ts';
import { type Found, textOrNull } from './snapshots.ts';
import { LINK_FIELDS, type SObjectName, sObjectOf } from './sobjects.ts';
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
 * `fresh` looks at each); what it does not know is made, accounts before their contacts.
 */
export async function linkIds(
  deps: SalesforceDeps,
  writes: readonly CrmWrite[],
  { fresh }: { fresh: boolean },
): Promise<LinkIds> {
  const { links, settings, api, clock } = deps;
  const wanted = writes.flatMap((write) =>
    linksOf(write, sObjectOf(write.objectType, settings)).map(({ reference }) => ({ reference, write })),
  );
  const ids = new Map<string, LinkOutcome>();
  for (const objectType of ['account', 'contact', 'deal'] as const) {
    const ofType = new Map(
      wanted
        .filter(({ reference }) => reference.objectType === objectType)
        .map((each) => [each.reference.externalKey, each] as const),
    );
    if (ofType.size === 0) continue;
    const keys = [...ofType.keys()];
    const known = fresh ? new Map<string, string>() : await links.remoteIds(objectType, keys);
    for (const [key, id] of known) ids.set(nameOf({ objectType, externalKey: key }), { id });
    const unknown = keys.filter((key) => !known.has(key));
    if (unknown.length === 0) continue;
    const context = await contextOf(deps, objectType);
    const found = await findByKeys(deps, context, unknown);
    for (const key of unknown) {
      const id = found.get(key)?.id;
      ids.set(nameOf({ objectType, externalKey: key }), id === undefined ? null : { id });
    }
    const missing =
      objectType === 'deal' || !settings.makesCustomers ? [] : unknown.filter((key) => !found.has(key));
    if (missing.length === 0) continue;
    const records = missing.flatMap((key) => {
      const each = ofType.get(key);
      if (each === undefined) return [];
      const { reference, write } = each;
      const account = write.links.find((link) => link.objectType === 'account');
      const accountId =
        objectType === 'contact' && account !== undefined ? idOf(ids.get(nameOf(account))) : null;
      return [
        {
          attributes: { type: context.sObject },
          [settings.keyField]: key,
          ...newRecord({ create: { name: reference.name } }, context, settings, clock.now()),
          ...(accountId !== null && { AccountId: accountId }),
        },
      ];
    });
    const body = await api.send('PATCH', `/composite/sobjects/${context.sObject}/${settings.keyField}`, {
      allOrNone: false,
      records,
    });
    const kept: RecordLink[] = [];
    for (const [index, { id, errors }] of upsertedIds(body).entries()) {
      const externalKey = missing[index] ?? '';
      if (id === null) {
        const refused = refusalOf(errorsOf(errors), { fields: [], keyField: settings.keyField });
        ids.set(nameOf({ objectType, externalKey }), { refused });
      } else {
        ids.set(nameOf({ objectType, externalKey }), { id });
        kept.push({ objectType, externalKey, remoteId: id });
      }
    }
    await links.keep(kept);
  }
  return ids;
}

function idOf(outcome: LinkOutcome | undefined): string | null {
  return outcome !== undefined && outcome !== null && 'id' in outcome ? outcome.id : null;
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
