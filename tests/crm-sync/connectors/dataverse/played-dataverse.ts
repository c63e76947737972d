import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CrmFieldValue, CrmObjectType } from '../../../../crm-sync/connectors/connector.ts';
import type { CrmFault, FaultSubject, PlayedCrm } from '../support/played-crm.ts';
import { type PlayedTable, playedTables } from './played-tables.ts';

export const KEY_COLUMN = 'new_dictalinekey';
export const CLIENT_SECRET = 'the-secret-of-the-application';
const ROOT = '/api/data/v9.2/';
const PAGE_SIZE = 3;

type Row = Record<string, unknown>;
interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface PlayedDataverse extends PlayedCrm {
  origin: string;
  /** Puts a row in as a person at the CRM would. @returns its id */
  add(logicalName: string, columns: Row): string;
  row(logicalName: string, id: string): Row | undefined;
  change(logicalName: string, id: string, columns: Row): void;
  remove(logicalName: string, id: string): void;
  /** Delta links given out until now are forgotten. */
  forgetDeltas(): void;
  /** The alternate keys become `Pending` or are there again. */
  setKeyStatus(status: string): void;
}

const TABLE_OF: Record<CrmObjectType, string> = {
  account: 'account',
  contact: 'contact',
  activity: 'phonecall',
  task: 'task',
  deal: 'opportunity',
};

/**
 * Dataverse's Web API 9.2 as Microsoft Learn describes it, as far as the connector uses it: client-credentials tokens,
 * metadata, alternate keys, conditional upserts, ETags, change tracking, service protection limits and error codes.
 */
export async function playDataverse(): Promise<PlayedDataverse> {
  const tables = new Map(
    playedTables().map((table) => [table.logicalName, { ...table, rows: new Map<string, Row>() }]),
  );
  const changes: { version: number; logicalName: string; id: string }[] = [];
  let version = 1000;
  let oldestDelta = 0;
  let keyStatus = 'Active';
  let tokens = 0;
  const valid = new Set<string>();
  let requests = 0;
  let armed: { fault: CrmFault; subject: FaultSubject } | null = null;
  let met = false;

  const bySet = (entitySet: string) => [...tables.values()].find((table) => table.entitySet === entitySet);
  const table = (logicalName: string) => {
    const found = tables.get(logicalName);
    if (found === undefined) throw new Error(`no table ${logicalName}`);
    return found;
  };

  function save(logicalName: string, id: string, columns: Row): Row {
    const { rows, primaryKey, attributes } = table(logicalName);
    version += 1;
    const initial = Object.fromEntries(
      attributes.flatMap(({ name, initial }) => (initial === undefined ? [] : [[name, initial]])),
    );
    const row: Row = {
      ...initial,
      [primaryKey]: id,
      ...rows.get(id),
      ...columns,
      '@odata.etag': `W/"${version}"`,
    };
    if (logicalName === 'contact') row.fullname = [row.firstname, row.lastname].filter(Boolean).join(' ');
    rows.set(id, row);
    changes.push({ version, logicalName, id });
    return row;
  }

  function drop(logicalName: string, id: string): void {
    version += 1;
    table(logicalName).rows.delete(id);
    changes.push({ version, logicalName, id });
  }

  /** Faults that stay, of a table. */
  function standing(logicalName: string, fault: CrmFault): string | null {
    if (armed?.fault !== fault || TABLE_OF[armed.subject.objectType] !== logicalName) return null;
    return armed.subject.field ?? null;
  }

  function columnsFrom(
    logicalName: string,
    body: Row,
  ): { ok: true; columns: Row } | { ok: false; answer: Answer } {
    const { attributes, navigation } = table(logicalName);
    const columns: Row = {};
    for (const [name, value] of Object.entries(body)) {
      const bound = /^(\w+)@odata\.bind$/.exec(name)?.[1];
      if (bound !== undefined) {
        const id = /\(([0-9a-f-]{36})\)$/.exec(String(value))?.[1];
        const column = navigation[bound];
        if (column === undefined) return { ok: false, answer: unknownProperty(logicalName, bound) };
        if (id === undefined || !table('account').rows.has(id)) return { ok: false, answer: notFound() };
        columns[column] = id;
        continue;
      }
      const attribute = attributes.find((each) => each.name === name);
      const isGone = standing(logicalName, 'field gone') === name;
      if (name !== KEY_COLUMN && (attribute === undefined || isGone)) {
        if (isGone) met = true;
        return { ok: false, answer: unknownProperty(logicalName, name) };
      }
      if (attribute?.maxLength !== undefined && String(value ?? '').length > attribute.maxLength)
        return {
          ok: false,
          answer: refusal(
            400,
            '0x80044331',
            `A validation error occurred. The length of the '${name}' attribute of the '${logicalName}' entity exceeded the maximum allowed length of '${attribute.maxLength}'.`,
          ),
        };
      const isRefused = standing(logicalName, 'choice refused') === name;
      const known = attribute?.options?.some((option) => option.value === value) ?? true;
      if (value !== null && (isRefused || !known)) {
        if (isRefused) met = true;
        return {
          ok: false,
          answer: refusal(
            400,
            '0x80048408',
            `A validation error occurred. The value ${String(value)} of '${name}' on record of type '${logicalName}' is outside the valid range. Accepted Values: 0`,
          ),
        };
      }
      columns[name] = value;
    }
    return { ok: true, columns };
  }

  function write(
    request: http.IncomingMessage,
    found: PlayedTable & { rows: Map<string, Row> },
    key: string,
    body: Row,
  ): Answer {
    const { logicalName, rows, primaryKey } = found;
    const named = /^(\w+)='(.*)'$/.exec(key);
    if (named !== null && named[1] !== KEY_COLUMN)
      return refusal(400, '0x80060891', 'A record with the specified key values does not exist');
    const row =
      named === null ? rows.get(key) : [...rows.values()].find((each) => each[KEY_COLUMN] === named[2]);
    if (request.method === 'DELETE') {
      if (row === undefined) return notFound();
      if (!matches(request.headers['if-match'], row)) return stale();
      drop(logicalName, String(row[primaryKey]));
      return { status: 204 };
    }
    if (row === undefined && request.headers['if-match'] !== undefined) return notFound();
    if (row !== undefined && request.headers['if-none-match'] === '*')
      return refusal(412, '0x80060892', 'A record that has the attribute values already exists.');
    if (row !== undefined && !matches(request.headers['if-match'], row)) return stale();
    if (row === undefined && named === null) return notFound();
    const checked = columnsFrom(logicalName, body);
    if (!checked.ok) return checked.answer;
    const id = row === undefined ? randomUUID() : String(row[primaryKey]);
    const saved = save(logicalName, id, {
      ...(named !== null && { [KEY_COLUMN]: named[2] }),
      ...checked.columns,
    });
    const wantsRow = String(request.headers.prefer).includes('return=representation');
    return wantsRow
      ? { status: row === undefined ? 201 : 200, body: saved }
      : { status: 204, headers: { 'odata-entityid': `${found.entitySet}(${id})` } };
  }

  function query(found: PlayedTable & { rows: Map<string, Row> }, url: URL, tracked: boolean): Answer {
    const filter = url.searchParams.get('$filter');
    const at = `${url.origin}${url.pathname}`;
    const delta = url.searchParams.get('$deltatoken');
    if (delta !== null) {
      if (Number(delta) < oldestDelta)
        return refusal(410, '0x80044352', 'The delta token is no longer valid.');
      const ids = new Set(
        changes
          .filter((change) => change.logicalName === found.logicalName && change.version > Number(delta))
          .map(({ id }) => id),
      );
      const value = [...ids].map(
        (id) =>
          found.rows.get(id) ?? {
            '@odata.context': `$metadata#${found.entitySet}/$deletedEntity`,
            id,
            reason: 'deleted',
          },
      );
      return { status: 200, body: { value, '@odata.deltaLink': `${at}?$deltatoken=${version}` } };
    }
    if (filter !== null) {
      const parsed = /^Microsoft\.Dynamics\.CRM\.In\(PropertyName='(\w+)',PropertyValues=(\[.*\])\)$/.exec(
        filter,
      );
      if (parsed === null) return refusal(400, '0x8006088a', 'Syntax error in the filter.');
      const values = new Set((JSON.parse(parsed[2] ?? '[]') as string[]).map((each) => each.toLowerCase()));
      const value = [...found.rows.values()].filter((row) =>
        values.has(String(row[parsed[1] ?? '']).toLowerCase()),
      );
      return { status: 200, body: { value } };
    }
    // Pages of a first pass, which goes on where the one before ended.
    const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
    const all = [...found.rows.values()];
    const value = all.slice(skip, skip + PAGE_SIZE);
    const since = url.searchParams.get('since') ?? String(version);
    if (skip + PAGE_SIZE < all.length)
      return {
        status: 200,
        body: { value, '@odata.nextLink': `${at}?$skiptoken=${skip + PAGE_SIZE}&since=${since}` },
      };
    return {
      status: 200,
      body: { value, ...(tracked && { '@odata.deltaLink': `${at}?$deltatoken=${since}` }) },
    };
  }

  function metadata(path: string): Answer {
    const parsed =
      /^EntityDefinitions\(LogicalName='(\w+)'\)\/(Attributes|Keys)(?:\/Microsoft\.Dynamics\.CRM\.(\w+)AttributeMetadata)?$/.exec(
        path,
      );
    const found = tables.get(parsed?.[1] ?? '');
    if (parsed === null || found === undefined) return notFound();
    if (parsed[2] === 'Keys')
      return {
        status: 200,
        body: { value: [{ KeyAttributes: [KEY_COLUMN], EntityKeyIndexStatus: keyStatus }] },
      };
    const gone = standing(found.logicalName, 'field gone');
    const value = found.attributes
      .filter(({ name, type }) => name !== gone && (parsed[3] === undefined || type === parsed[3]))
      .map(({ name, type, options }) => ({
        LogicalName: name,
        AttributeType: type,
        AttributeTypeName: { Value: `${type}Type` },
        DisplayName: { UserLocalizedLabel: { Label: `The ${name}` } },
        IsValidForUpdate: type !== 'Lookup' && name !== 'fullname',
        IsValidForRead: true,
        AttributeOf: null,
        ...(parsed[3] !== undefined && {
          OptionSet: {
            Options: (options ?? []).map((option) => ({
              Value: option.value,
              Label: { UserLocalizedLabel: { Label: option.label } },
              DefaultStatus: option.defaultStatus ?? null,
            })),
          },
        }),
      }));
    return { status: 200, body: { value } };
  }

  function handle(request: http.IncomingMessage, url: URL, text: string): Answer | 'cut' | 'drip' {
    if (url.pathname.endsWith('/oauth2/v2.0/token')) {
      const form = new URLSearchParams(text);
      if (form.get('client_secret') !== CLIENT_SECRET || form.get('grant_type') !== 'client_credentials')
        return { status: 401, body: { error: 'invalid_client', error_codes: [7000215] } };
      tokens += 1;
      valid.add(`Bearer token-${tokens}`);
      return {
        status: 200,
        body: { access_token: `token-${tokens}`, expires_in: 3599, token_type: 'Bearer' },
      };
    }
    const path = decodeURIComponent(url.pathname.slice(ROOT.length));
    const target = /^(\w+)(?:\((.*)\))?$/.exec(path);
    const found = bySet(target?.[1] ?? '');
    const writes = request.method === 'PATCH' || request.method === 'DELETE';
    const isMeant = writes && armed !== null && found?.logicalName === TABLE_OF[armed.subject.objectType];
    const fault = isMeant ? armed?.fault : undefined;
    if (fault === 'token expired') valid.clear();
    else if (!valid.has(String(request.headers.authorization))) return { status: 401, body: '' };
    if (fault !== undefined && fault !== 'field gone' && fault !== 'choice refused') {
      met = true;
      armed = null;
    }
    if (fault === 'token expired') return { status: 401, body: '' };
    if (fault === 'limit with a time')
      return {
        ...refusal(
          429,
          '0x80072322',
          'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
        ),
        headers: { 'retry-after': '30' },
      };
    if (fault === 'limit without a time')
      return refusal(429, '0x80072326', 'Number of concurrent requests exceeded the limit of 52.');
    if (fault === 'server error') return { status: 503, body: 'Service Unavailable' };
    if (fault === 'row locked' || fault === 'partial success')
      return refusal(500, '0x80044151', 'SQL Timeout expired.');
    if (path === 'WhoAmI') return { status: 200, body: { UserId: randomUUID() } };
    if (path.startsWith('EntityDefinitions')) return metadata(path);
    if (found === undefined) return notFound();
    if (!writes)
      return query(
        found,
        url,
        String(request.headers.prefer).includes('odata.track-changes') || url.searchParams.has('since'),
      );
    const key = target?.[2] ?? '';
    if (fault === 'conflict') {
      const named = /^\w+='(.*)'$/.exec(key);
      if (named !== null) {
        const { subject, name } = JSON.parse(text) as Row;
        save(found.logicalName, randomUUID(), {
          [KEY_COLUMN]: named[1],
          ...(subject !== undefined && { subject }),
          ...(name !== undefined && { name }),
        });
        return refusal(412, '0x80060892', 'A record that has the attribute values already exists.');
      }
      return stale();
    }
    const answer = write(request, found, key, text === '' ? {} : (JSON.parse(text) as Row));
    if (fault === 'cut off after the write') return 'cut';
    return fault === 'slow drip' ? 'drip' : answer;
  }

  const server = http.createServer(async (request, response) => {
    requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const answer = handle(request, url, Buffer.concat(chunks).toString('utf8'));
    if (answer === 'cut') return response.destroy();
    if (answer === 'drip') {
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.write('{"@odata.etag":');
    }
    response.writeHead(answer.status, {
      'content-type': 'application/json; odata.metadata=minimal',
      ...answer.headers,
    });
    return response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const rowsOf = (objectType: CrmObjectType) =>
    [...table(TABLE_OF[objectType]).rows.values()].filter(({ merged }) => merged !== true);
  const rowOf = (objectType: CrmObjectType, externalKey: string) => {
    const row = rowsOf(objectType).find((each) => each[KEY_COLUMN] === externalKey);
    if (row === undefined) throw new Error(`no ${objectType} with this key`);
    return { row, id: String(row[table(TABLE_OF[objectType]).primaryKey]) };
  };

  return {
    origin: `http://127.0.0.1:${port}`,
    add(logicalName, columns) {
      const id = randomUUID();
      save(logicalName, id, columns);
      return id;
    },
    row: (logicalName, id) => table(logicalName).rows.get(id),
    change: (logicalName, id, columns) => void save(logicalName, id, columns),
    remove: drop,
    forgetDeltas() {
      oldestDelta = version + 1;
    },
    setKeyStatus(status) {
      keyStatus = status;
    },
    arm(fault, subject) {
      armed = { fault, subject };
      met = false;
    },
    mend() {
      armed = null;
    },
    met: () => met,
    count: (objectType, externalKey) =>
      rowsOf(objectType).filter((row) => row[KEY_COLUMN] === externalKey).length,
    total: (objectType) => rowsOf(objectType).length,
    edit(objectType, externalKey, field, value: CrmFieldValue) {
      save(TABLE_OF[objectType], rowOf(objectType, externalKey).id, { [field]: value });
    },
    delete(objectType, externalKey) {
      drop(TABLE_OF[objectType], rowOf(objectType, externalKey).id);
    },
    mergeAway(objectType, externalKey) {
      const { row, id } = rowOf(objectType, externalKey);
      const survivor = randomUUID();
      save(TABLE_OF[objectType], survivor, { name: row.name });
      save(TABLE_OF[objectType], id, { merged: true, _masterid_value: survivor, statecode: 1 });
    },
    requests: () => requests,
    tokensGiven: () => tokens,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}
function unknownProperty(logicalName: string, name: string): Answer {
  return refusal(
    400,
    '0x80060888',
    `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${logicalName}'.`,
  );
}
function notFound(): Answer {
  return refusal(404, '0x80040217', 'The entity does not exist.');
}
function stale(): Answer {
  return refusal(
    412,
    '0x80060882',
    'The version of the existing record does not match the RowVersion property provided.',
  );
}
function matches(header: string | undefined, row: Row): boolean {
  return header === undefined || header === '*' || header === row['@odata.etag'];
}
