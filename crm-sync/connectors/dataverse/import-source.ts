import { z } from 'zod';
import { CrmError } from '../crm-error.ts';
import type { CrmHttp } from '../http/crm-http.ts';
import type { CrmImportSource, ImportedRecord, ImportKind } from '../import-source.ts';
import { ourKey } from './key-value.ts';
import { IMPORT_TABLES } from './tables.ts';

const pageSchema = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

/** Tables whose rows may carry our key. */
const WITH_KEY: readonly ImportKind[] = ['account', 'contact'];

/**
 * Reads by Dataverse's change tracking: the first pass gives every row and, at its end, a link under which the next
 * pass gives what has changed or was deleted since. A link that Dataverse has forgotten (they age) begins a full pass.
 */
export function createDataverseImport({
  http,
  root,
  keyColumn,
}: {
  http: CrmHttp;
  root: string;
  keyColumn: string;
}): CrmImportSource {
  return {
    kinds: ['owner', 'account', 'contact', 'product'],
    async page(kind, cursor) {
      const { entitySet, columns, logicalName } = IMPORT_TABLES[kind];
      const select = [...columns, ...(WITH_KEY.includes(kind) ? [keyColumn] : [])].join(',');
      const first = `${root}/${entitySet}?$select=${select}`;
      const ask = (path: string) =>
        http.send({ method: 'GET', path, headers: { prefer: 'odata.track-changes' } });
      let response = await ask(cursor ?? first);
      if (cursor !== null && (response.status === 400 || response.status === 410))
        response = await ask(first);
      if (response.status >= 400)
        throw new CrmError(
          'connection',
          `Dynamics does not tell what changed in ${logicalName}; turn on change tracking for that table and let our user read it.`,
          { status: response.status },
        );
      const { value, '@odata.nextLink': next, '@odata.deltaLink': delta } = pageSchema.parse(response.body);
      return {
        records: value.map((row) => toRecord(kind, row, keyColumn)),
        cursor: next ?? delta ?? first,
        more: next !== undefined,
      };
    },
  };
}

function toRecord(
  kind: ImportKind,
  row: Readonly<Record<string, unknown>>,
  keyColumn: string,
): ImportedRecord {
  const text = (column: string) => (typeof row[column] === 'string' ? String(row[column]) : '');
  if (String(row['@odata.context'] ?? '').includes('$deletedEntity'))
    return { kind, remoteId: text('id'), name: '', removed: true };
  const key = text(keyColumn);
  const ours = key === '' ? {} : { externalKey: ourKey(key) };
  const merged = row.merged === true && text('_masterid_value') !== '';
  const state = {
    removed: row.statecode === 1 || merged,
    ...(merged && { mergedInto: text('_masterid_value') }),
  };
  switch (kind) {
    case 'owner':
      return {
        kind,
        remoteId: text('systemuserid'),
        name: text('fullname'),
        email: text('internalemailaddress'),
        removed: row.isdisabled === true,
      };
    case 'account':
      return {
        kind,
        remoteId: text('accountid'),
        ...ours,
        name: text('name'),
        city: text('address1_city'),
        state: text('address1_stateorprovince'),
        ownerRemoteId: text('_ownerid_value'),
        ...state,
      };
    case 'contact':
      return {
        kind,
        remoteId: text('contactid'),
        ...ours,
        name: text('fullname'),
        title: text('jobtitle'),
        accountRemoteId: text('_parentcustomerid_value'),
        ...state,
      };
    case 'product':
      return { kind, remoteId: text('productid'), name: text('name'), removed: row.statecode === 1 };
  }
}
