import { z } from 'zod';
import type {
  CrmObjectType,
  CrmReference,
  CrmRemoval,
  CrmSnapshot,
  CrmWrite,
  CrmWriteResult,
} from '../connector.ts';
import type { CrmHttp, CrmResponse } from '../http/crm-http.ts';
import type { RecordLinks } from '../record-links.ts';
import { sameValue } from '../same-value.ts';
import { keyValue } from './key-value.ts';
import type { Columns } from './metadata.ts';
import { KEY_TAKEN, refusalOf, toResult } from './refusals.ts';
import type { Row, RowFinder } from './rows.ts';
import type { Table } from './tables.ts';
import { fieldsOf, toColumn } from './values.ts';

/** Somebody may change a row between our reading and our writing. */
const MAX_ROUNDS = 3;

export interface WriteParts {
  http: CrmHttp;
  root: string;
  links: RecordLinks;
  keyColumn: string;
  rows: RowFinder;
  tableOf(objectType: CrmObjectType): Table;
  columnsOf(objectType: CrmObjectType): Promise<Columns>;
  toSnapshot(objectType: CrmObjectType, externalKey: string, row: Row, columns: Columns): CrmSnapshot;
}

export interface RecordWriter {
  /** @param row as it was read just before; undefined: there is none. @throws CrmError */
  write(write: CrmWrite, row: Row | undefined): Promise<CrmWriteResult>;
  remove(removal: CrmRemoval, row: Row | undefined): Promise<CrmWriteResult>;
}

const rowSchema = z.record(z.string(), z.unknown());

/** One row at a time: made by an upsert on our key that must not find it, changed only at the ETag that was read. */
export function createRecordWriter(parts: WriteParts): RecordWriter {
  const { http, root, links, keyColumn, rows, tableOf, columnsOf, toSnapshot } = parts;

  const current = async (objectType: CrmObjectType, externalKey: string) =>
    (await rows.find(objectType, [externalKey])).get(externalKey);

  async function conflict(objectType: CrmObjectType, externalKey: string): Promise<CrmWriteResult> {
    const row = await current(objectType, externalKey);
    if (row === undefined) return { status: 'conflict', current: null };
    const snapshot = toSnapshot(objectType, externalKey, row, await columnsOf(objectType));
    return { status: 'conflict', current: snapshot };
  }

  /** Makes the account that something belongs to, where the CRM has none. */
  async function accountId(account: CrmReference): Promise<string> {
    const { primaryKey } = tableOf('account');
    const found = await current('account', account.externalKey);
    if (found !== undefined) return String(found[primaryKey]);
    await make(account, {});
    const made = await current('account', account.externalKey);
    if (made === undefined) throw new Error('Dataverse made an account and does not find it');
    return String(made[primaryKey]);
  }

  async function belonging(write: CrmWrite, row: Row | undefined): Promise<Record<string, string>> {
    const { toAccount } = tableOf(write.objectType);
    const account = write.links.find(({ objectType }) => objectType === 'account');
    if (toAccount === null || account === undefined) return {};
    const standing = LOOKUPS.map((column) => row?.[column]).find((each) => typeof each === 'string');
    const wanted = await accountId(account);
    if (standing === wanted) return {};
    // What somebody else linked it to stays; what we linked it to follows a correction.
    const place = linkKey(write.externalKey);
    const ours = (await links.remoteIds(write.objectType, [place])).get(place);
    if (standing !== undefined && standing !== ours) return {};
    return { [`${toAccount}@odata.bind`]: `/${tableOf('account').entitySet}(${wanted})` };
  }

  function make(reference: CrmReference, body: object): Promise<CrmResponse> {
    const table = tableOf(reference.objectType);
    const key = encodeURIComponent(`'${keyValue(reference.externalKey)}'`);
    return http.send({
      method: 'PATCH',
      path: `${root}/${table.entitySet}(${keyColumn}=${key})`,
      headers: { 'if-none-match': '*', prefer: 'return=representation' },
      body: { ...table.nameColumns(reference.name), ...body },
    });
  }

  async function done(
    write: { objectType: CrmObjectType; externalKey: string },
    response: CrmResponse,
    linkedTo: string | null,
  ): Promise<CrmWriteResult> {
    const row = rowSchema.parse(response.body);
    const { objectType, externalKey } = write;
    const remoteId = String(row[tableOf(objectType).primaryKey]);
    await links.keep([
      { objectType, externalKey, remoteId },
      ...(linkedTo === null ? [] : [{ objectType, externalKey: linkKey(externalKey), remoteId: linkedTo }]),
    ]);
    return { status: 'written', revision: String(row['@odata.etag']) };
  }

  /** The columns to be written, or why they can't be. */
  function columnsFor(
    write: CrmWrite,
    columns: Columns,
  ): { ok: true; body: Record<string, unknown> } | { ok: false; result: CrmWriteResult } {
    const body: Record<string, unknown> = {};
    for (const { field, value } of write.fields) {
      const column = columns.get(field);
      const refused = (message: string) => ({
        ok: false as const,
        result: { status: 'permanent' as const, message, field },
      });
      if (column === undefined || !column.writable)
        return refused(`Dynamics has no field ${field} that may be written; choose another in the mapping.`);
      const written = toColumn(column, value);
      if (!written.ok) return refused(written.message);
      Object.assign(body, written.columns);
    }
    return { ok: true, body };
  }

  async function writeOnce(write: CrmWrite, row: Row | undefined): Promise<CrmWriteResult | 'again'> {
    const { objectType, externalKey, expectedRevision } = write;
    const columns = await columnsOf(objectType);
    const wanted = columnsFor(write, columns);
    if (!wanted.ok) return wanted.result;
    const names = write.fields.map(({ field }) => field);
    if (row === undefined) {
      if (typeof expectedRevision === 'string') return { status: 'conflict', current: null };
      if (write.create === null)
        return {
          status: 'permanent',
          message: `Dynamics has no ${objectType} with this key; import it or correct the key.`,
          field: null,
        };
      const reference = { objectType, externalKey, name: write.create.name };
      const linking = await belonging(write, row);
      const response = await make(reference, { ...wanted.body, ...linking });
      if (response.status < 300) return done(write, response, linkedId(linking));
      const beaten = response.status === 412 || KEY_TAKEN.has(refusalOf(response).code);
      return beaten
        ? expectedRevision === undefined
          ? 'again'
          : conflict(objectType, externalKey)
        : toResult(response, names);
    }

    const revision = String(row['@odata.etag']);
    if (expectedRevision !== undefined && expectedRevision !== revision)
      return conflict(objectType, externalKey);
    const standing = fieldsOf(row, columns);
    const open = write.fields.filter(({ field, value }) => !sameValue(standing[field], value));
    const linking = await belonging(write, row);
    if (open.length === 0 && Object.keys(linking).length === 0) return { status: 'unchanged', revision };
    const changes = columnsFor({ ...write, fields: open }, columns);
    if (!changes.ok) return changes.result;
    const table = tableOf(objectType);
    const response = await http.send({
      method: 'PATCH',
      path: `${root}/${table.entitySet}(${String(row[table.primaryKey])})`,
      headers: { 'if-match': revision, prefer: 'return=representation' },
      body: { ...changes.body, ...linking },
    });
    if (response.status < 300) return done(write, response, linkedId(linking));
    if (response.status === 404 || response.status === 412)
      return expectedRevision === undefined ? 'again' : conflict(objectType, externalKey);
    return toResult(response, names);
  }

  return {
    async write(write, row) {
      let seen = row;
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const result = await writeOnce(write, seen);
        if (result !== 'again') return result;
        seen = await current(write.objectType, write.externalKey);
      }
      return {
        status: 'transient',
        message: 'The record keeps changing at Dynamics; it is tried again by itself.',
        retryAfterMs: null,
      };
    },

    async remove({ objectType, externalKey, expectedRevision }, row) {
      if (row === undefined) return { status: 'unchanged', revision: '' };
      const revision = String(row['@odata.etag']);
      if (expectedRevision !== undefined && expectedRevision !== revision)
        return conflict(objectType, externalKey);
      const table = tableOf(objectType);
      const response = await http.send({
        method: 'DELETE',
        path: `${root}/${table.entitySet}(${String(row[table.primaryKey])})`,
        headers: { 'if-match': revision },
      });
      if (response.status === 412) return conflict(objectType, externalKey);
      if (response.status >= 400 && response.status !== 404) return toResult(response, []);
      await links.forget(objectType, [externalKey]);
      return { status: 'written', revision };
    },
  };
}

/** Where it is kept to which account we linked a record: people may move it, and that stays. */
function linkKey(externalKey: string): string {
  return `${externalKey}#account`;
}

function linkedId(linking: Record<string, string>): string | null {
  return /\((.+)\)$/.exec(Object.values(linking)[0] ?? '')?.[1] ?? null;
}

/** What a contact, activity, task or opportunity belongs to already. */
const LOOKUPS = ['_regardingobjectid_value', '_parentcustomerid_value', '_parentaccountid_value'];
