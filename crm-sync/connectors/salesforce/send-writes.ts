import type { CrmWriteResult } from '../connector.ts';
import { rowsQuery } from './find-records.ts';
import type { RawFields } from './new-record.ts';
import type { PlannedWrite } from './plan-write.ts';
import {
  NO_RULES,
  type Row,
  rowsOf,
  type SalesforceApi,
  type SubRequest,
  type SubResponse,
} from './salesforce-api.ts';
import { errorsOf, refusalOf, type SalesforceError } from './salesforce-error.ts';
import type { SObjectName } from './sobjects.ts';
import { upsertedIds } from './upserted.ts';

/** A planned write with its links. */
export interface ReadyWrite extends PlannedWrite {
  links: RawFields;
}

export type Sent =
  /** Done; the row as it stands now. */
  | { kind: 'done'; id: string; row: Row | null }
  /** It has changed, or was deleted, since it was read. */
  | { kind: 'changed' }
  /** Salesforce is made up otherwise than we thought: a field is gone, or what was to be linked to. */
  | { kind: 'stale'; result: CrmWriteResult }
  | { kind: 'refused'; result: CrmWriteResult };

/** A composite request takes 25, of which five may be collections or queries. */
const UPDATES_A_REQUEST = 20;
const NEW_A_REQUEST = 100;

/**
 * Sends writes of one object, each for itself, in as few requests as there can be: new records together, by our key,
 * so that one that was made and never heard of is met again; others one by one under the condition that nobody
 * has changed them since (collections know no conditions). The same request reads back what stands then.
 *
 * @param separately new records go one by one, too: one that Salesforce can't read spoils a whole collection.
 */
export async function sendWrites(
  api: SalesforceApi,
  ready: readonly ReadyWrite[],
  { sObject, keyField, separately }: { sObject: SObjectName; keyField: string; separately: boolean },
): Promise<Sent[]> {
  const sent = new Map<ReadyWrite, Sent>();
  const single = ready.filter(({ found }) => separately || found !== null);
  const together = ready.filter((each) => !single.includes(each));
  const requests = Math.max(
    Math.ceil(single.length / UPDATES_A_REQUEST),
    Math.ceil(together.length / NEW_A_REQUEST),
  );
  for (let index = 0; index < requests; index += 1) {
    const rows = single.slice(index * UPDATES_A_REQUEST, (index + 1) * UPDATES_A_REQUEST);
    const made = together.slice(index * NEW_A_REQUEST, (index + 1) * NEW_A_REQUEST);
    const { responses } = await api.composite([
      ...(made.length > 0 ? [collectionOf(made, sObject, keyField)] : []),
      ...rows.map((each) => rowOf(each, sObject, keyField)),
      readBack([...rows, ...made], sObject, keyField),
    ]);
    const after = rowsOf(responses.at(-1) ?? { status: 0, body: null }) ?? [];
    const outcome = (each: ReadyWrite, id: string | null, response: SubResponse): Sent => {
      const errors = errorsOf(response.body);
      if (id === null) return refusedAs(each, errors, response.status, keyField);
      return { kind: 'done', id, row: after.find((row) => row.Id === id && row.IsDeleted !== true) ?? null };
    };
    const collection = made.length > 0 ? responses[0] : undefined;
    if (collection !== undefined) {
      const results = collection.status === 200 ? upsertedIds(collection.body) : [];
      for (const [place, each] of made.entries()) {
        const result = results[place];
        if (result !== undefined) {
          sent.set(each, outcome(each, result.id, { status: 400, body: result.errors }));
          continue;
        }
        const refused = outcome(each, null, collection);
        // One record that can't be read spoils all: they are told apart by sending each for itself.
        sent.set(each, refused.kind === 'refused' ? { ...refused, kind: 'stale' } : refused);
      }
    }
    for (const [place, each] of rows.entries()) {
      const response = responses[place + (collection === undefined ? 0 : 1)] ?? { status: 0, body: null };
      const ok = response.status >= 200 && response.status < 300;
      const id = ok ? (each.found?.id ?? upsertedId(response.body) ?? keyedId(each, after, keyField)) : null;
      sent.set(each, outcome(each, id, response));
    }
  }
  return ready.map((each) => sent.get(each) ?? { kind: 'changed' });
}

function collectionOf(made: readonly ReadyWrite[], sObject: SObjectName, keyField: string): SubRequest {
  return {
    method: 'PATCH',
    path: `/composite/sobjects/${sObject}/${keyField}`,
    headers: NO_RULES,
    body: {
      allOrNone: false,
      records: made.map(({ write, raw, links }) => ({
        attributes: { type: sObject },
        [keyField]: write.externalKey,
        ...raw,
        ...links,
      })),
    },
  };
}

function rowOf({ write, found, raw, links }: ReadyWrite, sObject: SObjectName, keyField: string): SubRequest {
  const body = { ...raw, ...links };
  if (found === null)
    return {
      method: 'PATCH',
      path: `/sobjects/${sObject}/${keyField}/${encodeURIComponent(write.externalKey)}`,
      headers: NO_RULES,
      body,
    };
  const condition: Record<string, string> =
    write.expectedRevision === undefined ? {} : { 'If-Unmodified-Since': found.changedAt.toUTCString() };
  return {
    method: 'PATCH',
    path: `/sobjects/${sObject}/${found.id}`,
    headers: { ...NO_RULES, ...condition },
    body,
  };
}

function readBack(written: readonly ReadyWrite[], sObject: SObjectName, keyField: string): SubRequest {
  const ids = written.flatMap(({ found }) => found?.id ?? []);
  const keys = written.flatMap(({ found, write }) => (found === null ? [write.externalKey] : []));
  return {
    method: 'GET',
    path: `/queryAll?q=${encodeURIComponent(rowsQuery(sObject, keyField, { ids, keys }))}`,
  };
}

function upsertedId(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string'
    ? body.id
    : null;
}

function keyedId({ write }: ReadyWrite, rows: readonly Row[], keyField: string): string | null {
  const row = rows.find((each) => each[keyField] === write.externalKey);
  return row === undefined ? null : String(row.Id);
}

/** The record that is linked to is gone, or is one that this user may not see. */
const STALE_LINK = [
  'INVALID_CROSS_REFERENCE_KEY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'ENTITY_IS_DELETED',
  'MALFORMED_ID',
];
const STALE_FIELD = ['INVALID_FIELD', 'INVALID_FIELD_FOR_INSERT_UPDATE', 'INACTIVE_OWNER_OR_USER'];

function refusedAs(
  { write, found }: ReadyWrite,
  errors: readonly SalesforceError[],
  status: number,
  keyField: string,
): Sent {
  const fields = write.fields.map(({ field }) => field);
  if (status === 412 || (found !== null && status === 404)) return { kind: 'changed' };
  if (status === 300)
    return {
      kind: 'refused',
      result: refusalOf([{ code: 'DUPLICATE_EXTERNAL_ID', message: '', fields: [] }], { fields, keyField }),
    };
  const result = refusalOf(errors, { fields, keyField });
  const stale = errors.some(({ code }) => STALE_LINK.includes(code) || STALE_FIELD.includes(code));
  return { kind: stale ? 'stale' : 'refused', result };
}
