import { type PlayedOrg, type PlayedRow, Refused } from './played-org.ts';
import { SoqlError } from './played-soql.ts';

export interface Answer {
  status: number;
  body: unknown;
}

export interface PlayedRequest {
  method: string;
  /** Below `/services/data/v62.0`, decoded. */
  path: string;
  params: URLSearchParams;
  headers: Record<string, string>;
  body: unknown;
}

/** Comes before each record that is written; throws what Salesforce says instead, or does more. */
export type BeforeRecord = (name: string, write: () => PlayedRow) => PlayedRow;

/** Answers the requests of the REST API. */
export function answer(org: PlayedOrg, request: PlayedRequest, beforeRecord: BeforeRecord): Answer {
  try {
    return route(org, request, beforeRecord);
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): Answer {
  if (error instanceof SoqlError)
    return { status: 400, body: [{ errorCode: error.code, message: error.message }] };
  if (!(error instanceof Refused)) throw error;
  // Rows that match are listed by address, without an error.
  if (error.status === 300)
    return { status: 300, body: ['/services/data/v62.0/sobjects/…', '/services/data/v62.0/sobjects/…'] };
  const { code, message, fields, status } = error;
  return { status, body: [{ errorCode: code, message, ...(code !== 'INVALID_FIELD' && { fields }) }] };
}

function route(org: PlayedOrg, request: PlayedRequest, beforeRecord: BeforeRecord): Answer {
  const { method, path, params, headers, body } = request;
  const segments = path.split('/').slice(1).map(decodeURIComponent);
  if (path === '/limits')
    return { status: 200, body: { DailyApiRequests: { Max: 15_000, Remaining: 14_000 } } };
  const cursor = /^\/query\/(\w+)$/.exec(path)?.[1];
  if (cursor !== undefined) return page(org, org.cursors.get(cursor) ?? []);
  if (path === '/query' || path === '/queryAll')
    return page(org, org.query(params.get('q') ?? '', { deleted: path === '/queryAll' }));
  if (path === '/composite' && method === 'POST') return composite(org, request, beforeRecord);
  if (path === '/composite/batch' && method === 'POST') return batch(org, request, beforeRecord);
  const [first, second, name = '', key] = segments;
  if (first === 'composite' && second === 'sobjects' && method === 'PATCH' && key !== undefined)
    return collection(org, { name, keyField: key, body }, beforeRecord);
  if (first !== 'sobjects' || second === undefined)
    throw new Refused('NOT_FOUND', 'The requested resource does not exist', { status: 404 });
  const object = org.object(second);
  if (name === 'describe' && method === 'GET')
    return {
      status: 200,
      body: {
        name: second,
        label: object.label,
        createable: true,
        updateable: true,
        deletable: true,
        fields: org.visible(object),
      },
    };
  const values = (body ?? {}) as Record<string, unknown>;
  if (key !== undefined && method === 'PATCH') {
    if (name in values || 'Id' in values)
      throw new Refused('INVALID_FIELD', `The ${name} field should not be specified in the sobject data.`);
    let created = false;
    const row = beforeRecord(second, () => {
      const result = org.upsert(second, name, key, values);
      created = result.created;
      return result.row;
    });
    return { status: created ? 201 : 200, body: { id: row.Id, success: true, errors: [], created } };
  }
  if (method === 'DELETE') {
    org.remove(org.byId(second, name));
    return { status: 204, body: null };
  }
  if (method !== 'PATCH')
    throw new Refused('METHOD_NOT_ALLOWED', 'HTTP Method not allowed.', { status: 405 });
  const row = org.byId(second, name);
  beforeRecord(second, () => {
    const since = headers['if-unmodified-since'];
    if (since !== undefined && Number.isNaN(Date.parse(since)))
      throw new Refused('INVALID_HEADER', 'bad date', { status: 400 });
    // The header knows whole seconds only.
    if (since !== undefined && Date.parse(String(row.LastModifiedDate)) > Date.parse(since))
      throw new Refused('PRECONDITION_FAILED', 'The record was modified', { status: 412 });
    org.update(second, row, values);
    return row;
  });
  return { status: 204, body: null };
}

/** Long rows come in several pages, whatever the query's limit. */
function page(org: PlayedOrg, rows: Record<string, unknown>[]): Answer {
  const records = rows.slice(0, org.pageRows);
  const done = rows.length <= org.pageRows;
  const cursor = `01g${String(org.cursors.size).padStart(12, '0')}`;
  if (!done) org.cursors.set(cursor, rows.slice(org.pageRows));
  const next = done ? {} : { nextRecordsUrl: `/services/data/v62.0/query/${cursor}` };
  return { status: 200, body: { totalSize: rows.length, done, records, ...next } };
}

interface SubRequest {
  method: string;
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
}

function composite(org: PlayedOrg, { body }: PlayedRequest, beforeRecord: BeforeRecord): Answer {
  const { compositeRequest = [] } = body as { compositeRequest?: SubRequest[] };
  const heavy = compositeRequest.filter(({ url }) => /\/(queryAll|query|composite\/sobjects)\b/.test(url));
  if (compositeRequest.length > 25 || heavy.length > 5)
    throw new Refused('LIMIT_EXCEEDED', 'Too many subrequests in the composite request');
  const compositeResponse = compositeRequest.map(
    ({ method, url, referenceId, body: inner, httpHeaders = {} }) => {
      const names = Object.keys(httpHeaders).map((each) => each.toLowerCase());
      if (names.some((each) => ['accept', 'authorization', 'content-type'].includes(each)))
        throw new Refused('INVALID_HEADER', 'not in a subrequest');
      const { path, params } = below(url);
      const headers = Object.fromEntries(
        Object.entries(httpHeaders).map(([key, value]) => [key.toLowerCase(), value]),
      );
      const response = answer(org, { method, path, params, headers, body: inner ?? null }, beforeRecord);
      return { body: response.body, httpHeaders: {}, httpStatusCode: response.status, referenceId };
    },
  );
  return { status: 200, body: { compositeResponse } };
}

function batch(org: PlayedOrg, { body }: PlayedRequest, beforeRecord: BeforeRecord): Answer {
  const { batchRequests } = body as { batchRequests: { method: string; url: string }[] };
  const results = batchRequests.map(({ method, url }) => {
    const { path, params } = below(`/services/data/${url}`);
    const response = answer(org, { method, path, params, headers: {}, body: null }, beforeRecord);
    return { statusCode: response.status, result: response.body };
  });
  return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results } };
}

/** Each record for itself; but a collection that can't be read at all is refused as a whole. */
function collection(
  org: PlayedOrg,
  { name, keyField, body }: { name: string; keyField: string; body: unknown },
  beforeRecord: BeforeRecord,
): Answer {
  const { records, allOrNone } = body as { records: Record<string, unknown>[]; allOrNone?: boolean };
  if (records.length > 200 || allOrNone === true) throw new Refused('INVALID_INPUT', 'not played');
  const known = org.visible(org.object(name)).map((field) => field.name);
  for (const record of records) {
    const strange = Object.keys(record).find((each) => each !== 'attributes' && !known.includes(each));
    if (strange !== undefined)
      throw new Refused('INVALID_FIELD', `No such column '${strange}' on sobject of type ${name}`);
    for (const [key, value] of Object.entries(record)) {
      const field = org.object(name).fields.get(key);
      if (field !== undefined && value !== null) org.examineType(field, value);
    }
    if ((record.attributes as { type?: string } | undefined)?.type !== name)
      throw new Refused('INVALID_TYPE', 'type missing');
  }
  const twice = records
    .map((record) => record[keyField])
    .filter((key, place, all) => all.indexOf(key) !== place);
  const results = records.map((record) => {
    const { attributes: _, [keyField]: key, ...values } = record;
    try {
      if (twice.includes(key)) throw new Refused('DUPLICATE_EXTERNAL_ID', 'Duplicate external id specified');
      let created = false;
      const row = beforeRecord(name, () => {
        const result = org.upsert(name, keyField, String(key), values);
        created = result.created;
        return result.row;
      });
      return { id: row.Id, success: true, errors: [], created };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return {
        success: false,
        errors: [{ statusCode: error.code, message: error.message, fields: error.fields }],
      };
    }
  });
  return { status: 200, body: results };
}

export function below(url: string): { path: string; params: URLSearchParams } {
  const { pathname, searchParams } = new URL(url, 'http://played');
  const root = '/services/data/v62.0';
  if (!pathname.startsWith(root))
    throw new Refused('UNSUPPORTED_API_VERSION', 'Invalid Api version', { status: 404 });
  return { path: pathname.slice(root.length), params: searchParams };
}

/** The objects that a request writes to. */
export function writesTo({ method, path, body }: Pick<PlayedRequest, 'method' | 'path' | 'body'>): string[] {
  if (path === '/composite') {
    const { compositeRequest = [] } = (body ?? {}) as { compositeRequest?: SubRequest[] };
    return compositeRequest.flatMap((each) =>
      writesTo({ method: each.method, path: below(each.url).path, body: each.body }),
    );
  }
  if (method !== 'PATCH' && method !== 'DELETE') return [];
  return [/^(?:\/composite)?\/sobjects\/(\w+)/.exec(path)?.[1] ?? ''];
}
