import { CrmError } from '../crm-error.ts';
import type { CrmImportSource, ImportedRecord, ImportKind, ImportPage } from '../import-source.ts';
import type { DescribedName } from './describe.ts';
import type { Row } from './salesforce-api.ts';
import type { SalesforceDeps } from './salesforce-deps.ts';
import { textOrNull } from './snapshots.ts';
import { quoted } from './soql.ts';

const PAGE_ROWS = 1_000;
/** A change shows under the time that it began at, which may be a while before others can see it. */
const OVERLAP_MS = 5 * 60_000;

const SOURCES: Record<ImportKind, { sObject: DescribedName; fields: readonly string[]; only?: string }> = {
  owner: { sObject: 'User', fields: ['Name', 'Email', 'IsActive'], only: "UserType = 'Standard'" },
  account: {
    sObject: 'Account',
    fields: ['Name', 'BillingCity', 'BillingState', 'Type', 'OwnerId', 'MasterRecordId'],
  },
  contact: { sObject: 'Contact', fields: ['Name', 'Title', 'AccountId', 'MasterRecordId'] },
  product: { sObject: 'Product2', fields: ['Name', 'IsActive'] },
};

/**
 * Reads what the vocabulary is made from in the order of its changes, deleted and merged records included (those are
 * kept for two weeks in the recycle bin: a pass each night misses none). The cursor says up to where it was read, by time
 * and id, so that a pass that broke off goes on there; a new pass begins a little before the end of the last.
 */
export function createSalesforceImport(deps: SalesforceDeps): CrmImportSource {
  return {
    kinds: ['owner', 'account', 'contact', 'product'],
    async page(kind, cursor) {
      const { sObject, fields, only } = SOURCES[kind];
      const described = (await deps.descriptions.all()).get(sObject) ?? null;
      if (described === null)
        throw new CrmError(
          'connection',
          `The user in Salesforce may not see the object ${sObject}; give it a permission set that allows it.`,
        );
      const { keyField } = deps.settings;
      const seen = [...fields, 'IsDeleted', keyField].filter((field) => described.fields.has(field));
      const conditions = [only ?? null, conditionOf(cursor)].filter((condition) => condition !== null);
      const { rows } = await deps.api.queryAll(
        `SELECT Id, SystemModstamp, ${seen.join(', ')} FROM ${sObject}${
          conditions.length === 0
            ? ''
            : ` WHERE ${conditions.map((condition) => `(${condition})`).join(' AND ')}`
        } ORDER BY SystemModstamp, Id LIMIT ${PAGE_ROWS}`,
      );
      return pageOf(rows, cursor, (row) => importedOf(kind, row, keyField, seen));
    },
  };
}

function conditionOf(cursor: string | null): string | null {
  const [since, id] = cursor?.split(' ') ?? [];
  if (since === undefined || since === '') return null;
  const time = new Date(since).toISOString();
  return id === undefined
    ? `SystemModstamp >= ${time}`
    : `SystemModstamp > ${time} OR (SystemModstamp = ${time} AND Id > ${quoted(id)})`;
}

function pageOf(
  rows: readonly Row[],
  cursor: string | null,
  toRecord: (row: Row) => ImportedRecord,
): ImportPage {
  const records = rows.map(toRecord);
  const last = rows.at(-1);
  if (last !== undefined && rows.length === PAGE_ROWS)
    return {
      records,
      cursor: `${new Date(String(last.SystemModstamp)).toISOString()} ${String(last.Id)}`,
      more: true,
    };
  const [before] = cursor?.split(' ') ?? [];
  const end =
    last === undefined ? null : new Date(new Date(String(last.SystemModstamp)).getTime() - OVERLAP_MS);
  // Never back before where this pass began.
  const next =
    end === null || (before !== undefined && before > end.toISOString()) ? before : end.toISOString();
  return { records, cursor: next ?? '', more: false };
}

function importedOf(kind: ImportKind, row: Row, keyField: string, seen: readonly string[]): ImportedRecord {
  const text = (field: string): string | undefined =>
    seen.includes(field) ? (textOrNull(row[field]) ?? '') : undefined;
  const given = (values: Record<string, string | undefined>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const id = (field: string) => textOrNull(row[field]) ?? undefined;
  return {
    kind,
    remoteId: String(row.Id),
    name: text('Name') ?? '',
    // A user or product is hardly ever deleted: it is made inactive.
    removed: row.IsDeleted === true || ((kind === 'owner' || kind === 'product') && row.IsActive === false),
    ...given({
      externalKey: id(keyField),
      mergedInto: row.IsDeleted === true ? id('MasterRecordId') : undefined,
    }),
    ...(kind === 'owner' &&
      given({
        email: text('Email')
          ?.toLowerCase()
          .replace(/\.invalid$/, ''),
      })),
    ...(kind === 'account' &&
      given({
        city: text('BillingCity'),
        state: text('BillingState'),
        lifecycle: text('Type'),
        ownerRemoteId: id('OwnerId'),
      })),
    ...(kind === 'contact' && given({ title: text('Title'), accountRemoteId: id('AccountId') })),
  };
}
