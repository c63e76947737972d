import { type Portal, type PortalRecord, Refused, timeOf } from './portal.ts';
import { makeProperty, type PortalProperty } from './portal-properties.ts';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: what was posted; each route looks at it as HubSpot would.
  body: any;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Input {
  id: string;
  idProperty?: string;
  properties: Record<string, string>;
  associations?: { to: { id: string }; types: { associationTypeId: number }[] }[];
  objectWriteTraceId?: string;
}

export const PORTAL_ID = 4711;
/** How long a change takes until the search knows of it. */
const SEARCH_LAG_MS = 20_000;

/** HubSpot's answer to a request that is signed in. @throws Refused */
export function answer(portal: Portal, asked: Asked): Answer {
  const { method, path, query, body } = asked;
  const [, area, version, kind = '', ...rest] = path.split('/');
  if (path === '/account-info/v3/details')
    return {
      status: 200,
      body: {
        portalId: PORTAL_ID,
        uiDomain: 'app.hubspot.com',
        timeZone: 'US/Eastern',
        accountType: 'STANDARD',
      },
    };
  if (area === 'crm' && version === 'v3' && kind === 'owners' && method === 'GET')
    return owners(portal, query);
  if (area === 'crm' && version === 'v3' && kind === 'properties')
    return properties(portal, method, rest, body);
  if (area === 'crm' && version === 'v4' && kind === 'associations') {
    const [from = '', to = '', ...what] = rest;
    if (method === 'POST' && what.join('/') === 'batch/associate/default')
      return associate(portal, from, to, body);
  }
  if (area === 'crm' && version === 'v4' && kind === 'objects' && method === 'DELETE') {
    const [type = '', id = '', , to = '', toId = ''] = rest;
    portal.dissociate(type, id, to, toId);
    return { status: 204 };
  }
  if (area === 'crm' && version === 'v3' && kind === 'objects') {
    const [type = '', first = '', second = ''] = rest;
    portal.store(type);
    if (method === 'GET' && first === '') return list(portal, type, query);
    if (method === 'GET') return one(portal, type, first, query);
    if (method === 'POST' && first === 'search') return search(portal, type, body);
    if (method === 'POST' && first === 'merge')
      return {
        status: 200,
        body: shown(portal, type, portal.merge(type, body.primaryObjectId, body.objectIdToMerge), []),
      };
    if (method === 'POST' && first === 'batch') return batch(portal, type, second, query, body);
  }
  throw new Refused(404, 'OBJECT_NOT_FOUND', 'resource not found');
}

function batch(
  portal: Portal,
  type: string,
  what: string,
  query: URLSearchParams,
  body: { inputs?: Input[] } & Partial<ReadBody>,
): Answer {
  const inputs = body.inputs;
  if (!Array.isArray(inputs) || inputs.length === 0) throw new Refused(400, 'VALIDATION_ERROR', 'No inputs');
  if (inputs.length > 100) throw new Refused(400, 'VALIDATION_ERROR', 'The maximum batch size is 100');
  switch (what) {
    case 'read':
      return read(portal, type, query, { ...body, inputs, properties: body.properties ?? [] });
    case 'archive':
      for (const { id } of inputs) portal.archive(type, id);
      return { status: 204 };
    case 'create':
      return each(portal, type, inputs, 201, ({ properties: values, associations }) => {
        if (associations === undefined)
          throw new Refused(400, 'VALIDATION_ERROR', 'associations is required');
        return { record: portal.create(type, values, associations) };
      });
    case 'update': {
      unrepeated(inputs);
      return each(portal, type, inputs, 200, ({ id, properties: values }) => ({
        record: portal.update(type, id, values),
      }));
    }
    case 'upsert': {
      unrepeated(inputs);
      return each(portal, type, inputs, 200, ({ id, idProperty = '', properties: values }) => {
        if (portal.propertyOf(type, idProperty)?.hasUniqueValue !== true)
          throw new Refused(
            400,
            'VALIDATION_ERROR',
            `Unable to perform upsert by non-unique ${type} property`,
          );
        const there = portal.findUnique(type, idProperty, id);
        return there === undefined
          ? { record: portal.create(type, { [idProperty]: id, ...values }), new: true }
          : { record: portal.update(type, there.id, values), new: false };
      });
    }
    default:
      throw new Refused(404, 'OBJECT_NOT_FOUND', 'resource not found');
  }
}

function unrepeated(inputs: readonly Input[]): void {
  if (new Set(inputs.map(({ id }) => id)).size < inputs.length)
    throw new Refused(400, 'VALIDATION_ERROR', 'Duplicate IDs found in batch input');
}

/** Each for itself if all carry a trace of their own; else all or none. */
function each(
  portal: Portal,
  type: string,
  inputs: readonly Input[],
  status: number,
  work: (input: Input) => { record: PortalRecord; new?: boolean },
): Answer {
  const traces = new Set(inputs.map(({ objectWriteTraceId }) => objectWriteTraceId));
  const isTraced = !traces.has(undefined) && traces.size === inputs.length;
  const results: object[] = [];
  const errors: object[] = [];
  for (const input of inputs) {
    const { objectWriteTraceId, properties: values = {} } = input;
    try {
      const { record, ...more } = work(input);
      results.push({ ...shown(portal, type, record, Object.keys(values)), ...more, objectWriteTraceId });
    } catch (error) {
      if (!(error instanceof Refused) || !isTraced) throw error;
      errors.push(itemError(error, objectWriteTraceId ?? ''));
    }
  }
  return batchAnswer(portal, status, results, errors);
}

export function itemError(error: Refused, trace: string): object {
  return {
    status: 'error',
    category: error.category,
    message: error.message,
    context: { ...error.more.context, objectWriteTraceId: [trace] },
    errors: [],
    links: {},
  };
}

export function batchAnswer(portal: Portal, status: number, results: object[], errors: object[]): Answer {
  const at = new Date(portal.now()).toISOString();
  return {
    status: errors.length > 0 ? 207 : status,
    body: {
      status: 'COMPLETE',
      results,
      ...(errors.length > 0 && { numErrors: errors.length, errors }),
      startedAt: at,
      completedAt: at,
    },
  };
}

type ReadBody = { inputs: { id: string }[]; properties: string[]; idProperty?: string };

function read(
  portal: Portal,
  type: string,
  query: URLSearchParams,
  { inputs, properties: wanted, idProperty }: ReadBody,
): Answer {
  if (idProperty !== undefined && portal.propertyOf(type, idProperty)?.hasUniqueValue !== true)
    throw new Refused(400, 'VALIDATION_ERROR', `${idProperty} is not a unique property of ${type}`);
  const results = new Map<string, object>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const isArchived = query.get('archived') === 'true';
    const record =
      idProperty === undefined ? portal.byId(type, id) : portal.findUnique(type, idProperty, id, isArchived);
    if (record === undefined) missing.push(id);
    else results.set(record.id, shown(portal, type, record, wanted));
  }
  const errors =
    missing.length === 0
      ? []
      : [
          {
            status: 'error',
            category: 'OBJECT_NOT_FOUND',
            message: `Could not get some ${type} objects, they may be deleted or not exist. Check that ids are valid.`,
            context: { ids: missing },
            errors: [],
            links: {},
          },
        ];
  return batchAnswer(portal, 200, [...results.values()], errors);
}

/** Properties that are asked for and exist, null where they are empty; and those that always come. */
function shown(portal: Portal, type: string, record: PortalRecord, wanted: readonly string[]) {
  const modified = type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
  const all: Record<string, string> = {
    ...record.properties,
    hs_object_id: record.id,
    createdate: new Date(record.createdAt).toISOString(),
    [modified]: new Date(record.updatedAt).toISOString(),
  };
  const names = [...new Set([...wanted, 'hs_object_id', 'createdate', modified])];
  return {
    id: record.id,
    properties: Object.fromEntries(
      names
        .filter((name) => portal.propertyOf(type, name) !== undefined)
        .map((name) => [name, all[name] ?? null]),
    ),
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: record.archivedAt !== null,
    ...(record.archivedAt !== null && { archivedAt: new Date(record.archivedAt).toISOString() }),
  };
}

function wantedOf(query: URLSearchParams): string[] {
  return (query.get('properties') ?? '').split(',').filter(Boolean);
}

function one(portal: Portal, type: string, id: string, query: URLSearchParams): Answer {
  const record = portal.byId(type, id);
  if (record === undefined) throw new Refused(404, 'OBJECT_NOT_FOUND', 'resource not found');
  return { status: 200, body: shown(portal, type, record, wantedOf(query)) };
}

function list(portal: Portal, type: string, query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? '10');
  if (limit > 100) throw new Refused(400, 'VALIDATION_ERROR', 'limit must be at most 100');
  const isArchived = query.get('archived') === 'true';
  const after = Number(query.get('after') ?? '0');
  const all = [...portal.store(type).values()]
    .filter(({ archivedAt, id }) => (archivedAt !== null) === isArchived && Number(id) > after)
    .sort((a, b) => Number(a.id) - Number(b.id));
  const page = all.slice(0, limit);
  const last = page.at(-1)?.id;
  return {
    status: 200,
    body: {
      results: page.map((record) => shown(portal, type, record, wantedOf(query))),
      ...(all.length > limit &&
        last !== undefined && { paging: { next: { after: last, link: `?after=${last}` } } }),
    },
  };
}

interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
  highValue?: string;
}

function search(
  portal: Portal,
  type: string,
  body: {
    filterGroups: { filters: Filter[] }[];
    sorts: string[];
    properties: string[];
    limit: number;
    after: string;
  },
): Answer {
  const after = Number(body.after);
  if (body.limit > 200 || after + body.limit > portal.searchEnd)
    throw new Refused(400, 'VALIDATION_ERROR', 'The search ends after 10,000 results');
  if (body.sorts.join() !== 'hs_object_id')
    throw new Refused(400, 'VALIDATION_ERROR', 'This play sorts by id only');
  const all = [...portal.store(type).values()]
    .filter(({ archivedAt, updatedAt }) => archivedAt === null && updatedAt + SEARCH_LAG_MS <= portal.now())
    .filter((record) => {
      const values = shown(
        portal,
        type,
        record,
        portal.properties[type]?.map(({ name }) => name) ?? [],
      ).properties;
      return body.filterGroups.some(({ filters }) => filters.every((filter) => matches(values, filter)));
    })
    .sort((a, b) => Number(a.id) - Number(b.id));
  const page = all.slice(after, after + body.limit);
  return {
    status: 200,
    body: {
      total: all.length,
      results: page.map((record) => shown(portal, type, record, body.properties)),
      ...(all.length > after + body.limit && { paging: { next: { after: String(after + body.limit) } } }),
    },
  };
}

function matches(values: Record<string, string | null>, filter: Filter): boolean {
  const value = timeOf(values[filter.propertyName] ?? '');
  switch (filter.operator) {
    case 'GT':
      return value > Number(filter.value);
    case 'BETWEEN':
      return value >= Number(filter.value) && value <= Number(filter.highValue);
    default:
      throw new Refused(400, 'VALIDATION_ERROR', `This play knows no ${filter.operator}`);
  }
}

function associate(
  portal: Portal,
  from: string,
  to: string,
  { inputs }: { inputs: { from: { id: string }; to: { id: string } }[] },
): Answer {
  const results: object[] = [];
  const errors: object[] = [];
  for (const pair of inputs) {
    try {
      portal.associateDefault(from, pair.from.id, to, pair.to.id);
      results.push({
        ...pair,
        associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 },
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { category, message, more } = error;
      errors.push({ status: 'error', category, message, context: more.context ?? {}, errors: [], links: {} });
    }
  }
  const { body } = batchAnswer(portal, 200, results, errors);
  return { status: 200, body };
}

function owners(portal: Portal, query: URLSearchParams): Answer {
  const email = query.get('email');
  const isArchived = query.get('archived') === 'true';
  // In this company everybody has a seat at HubSpot, but for those who never were with it.
  if (email?.endsWith('@example.com') && !portal.owners.has(email))
    portal.owners.set(email, { id: String(70_000 + portal.owners.size), email, archived: false });
  const limit = Number(query.get('limit') ?? '100');
  const after = Number(query.get('after') ?? '0');
  const all = [...portal.owners.values()].filter(
    (owner) => owner.archived === isArchived && (email === null || owner.email === email),
  );
  const at = new Date(portal.now()).toISOString();
  return {
    status: 200,
    body: {
      results: all.slice(after, after + limit).map((owner) => ({
        ...owner,
        type: 'PERSON',
        firstName: 'Ann',
        lastName: 'Lee',
        createdAt: at,
        updatedAt: at,
      })),
      ...(all.length > after + limit && { paging: { next: { after: String(after + limit) } } }),
    },
  };
}

const groups = new WeakMap<Portal, Set<string>>();

function properties(portal: Portal, method: string, rest: string[], body: Partial<PortalProperty>): Answer {
  const [type = '', name = ''] = rest;
  portal.store(type);
  const all = portal.properties[type] ?? [];
  const made = groups.get(portal) ?? new Set<string>();
  groups.set(portal, made);
  if (method === 'GET' && name === '') return { status: 200, body: { results: all } };
  if (method === 'GET') {
    const property = portal.propertyOf(type, name);
    if (property === undefined) throw new Refused(404, 'OBJECT_NOT_FOUND', `Unable to find property ${name}`);
    return { status: 200, body: property };
  }
  if (name === 'groups') {
    if (made.has(`${type} ${body.name}`)) throw new Refused(409, 'CONFLICT', 'There is such a group');
    made.add(`${type} ${body.name}`);
    return { status: 201, body: { ...body, archived: false } };
  }
  if (portal.propertyOf(type, body.name ?? '') !== undefined)
    throw new Refused(409, 'OBJECT_ALREADY_EXISTS', 'There is such a property');
  if (!made.has(`${type} ${body.groupName}`))
    throw new Refused(400, 'VALIDATION_ERROR', 'There is no such group');
  const property = {
    ...makeProperty(body.name ?? '', 'string', { hubspotDefined: false }),
    ...body,
  };
  all.push(property);
  return { status: 201, body: property };
}
