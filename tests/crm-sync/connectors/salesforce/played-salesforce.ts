import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CrmObjectType } from '../../../../crm-sync/connectors/connector.ts';
import { sObjectOf } from '../../../../crm-sync/connectors/salesforce/sobjects.ts';
import type { CrmFault, FaultSubject, PlayedCrm } from '../support/played-crm.ts';
import { PlayedOrg, type PlayedRow, Refused } from './played-org.ts';
import { type Answer, answer, type BeforeRecord, below, writesTo } from './played-requests.ts';

export const CLIENT = { id: 'consumer-key', secret: 'consumer-secret', refreshToken: 'first-refresh-token' };
const KEY_FIELD = 'Dictaline_Key__c';

export interface PlayedSalesforce extends PlayedCrm {
  url: string;
  org: PlayedOrg;
  /** Refresh tokens that came, in order. */
  refreshTokens: string[];
  /** What the next sign-in names as the instance; null: this one. */
  instanceUrl: string | null;
  /** Requests of the last 24 hours, of 15,000. */
  dailyRequests: number;
  /** Paths of the requests, queries included. */
  paths: string[];
  /** Done once, before the next request that writes is handled. */
  meanwhile: (() => void) | null;
  /** Every session ends, as when the company's time for them is over. */
  endSessions(): void;
  find(objectType: CrmObjectType, externalKey: string): PlayedRow | undefined;
}

/** Salesforce as its documentation describes it, in memory. The clock goes on by a second with each request. */
export async function playSalesforce({
  activityObject = 'Task' as 'Task' | 'Event',
} = {}): Promise<PlayedSalesforce> {
  const org = new PlayedOrg();
  const tokens = new Set<string>();
  let refreshToken = CLIENT.refreshToken;
  let armed: { fault: CrmFault; subject: FaultSubject } | null = null;
  let met = false;
  let requests = 0;
  let given = 0;
  let copies: PlayedRow[] = [];

  const nameOf = (objectType: CrmObjectType) => sObjectOf(objectType, { activityObject });
  const find = (objectType: CrmObjectType, key: string) =>
    org.alive(nameOf(objectType)).find((row) => row[KEY_FIELD] === key);
  const must = (objectType: CrmObjectType, key: string): PlayedRow => {
    const row = find(objectType, key);
    if (row === undefined) throw new Error(`no ${objectType} ${key}`);
    return row;
  };

  /** The armed fault if it is one of these, taken. */
  function take(name: string | null, ...faults: CrmFault[]): CrmFault | null {
    if (armed === null || !faults.includes(armed.fault)) return null;
    if (name !== null && nameOf(armed.subject.objectType) !== name) return null;
    const { fault } = armed;
    armed = null;
    met = true;
    return fault;
  }

  const beforeRecord: BeforeRecord = (name, write) => {
    if (take(name, 'row locked', 'partial success') !== null)
      throw new Refused(
        'UNABLE_TO_LOCK_ROW',
        'unable to obtain exclusive access to this record or 1 records',
      );
    if (take(name, 'conflict') !== null) {
      // Another writer was first: a new record is there now, one that was there has changed.
      const before = org.alive(name).length;
      const row = write();
      if (org.alive(name).length === before)
        throw new Refused('PRECONDITION_FAILED', 'modified', { status: 412 });
      throw new Refused(
        'DUPLICATE_VALUE',
        `duplicate value found: ${KEY_FIELD} duplicates value on record with id: ${row.Id}`,
      );
    }
    return write();
  };

  function signIn(form: URLSearchParams): Answer {
    const error = (code: string): Answer => ({
      status: 400,
      body: { error: code, error_description: 'not shown' },
    });
    if (form.get('client_id') !== CLIENT.id) return error('invalid_client_id');
    if (form.get('client_secret') !== CLIENT.secret) return error('invalid_client');
    const rotates = form.get('grant_type') === 'refresh_token';
    if (!rotates && form.get('grant_type') !== 'client_credentials') return error('unsupported_grant_type');
    if (rotates) {
      played.refreshTokens.push(form.get('refresh_token') ?? '');
      if (form.get('refresh_token') !== refreshToken) return error('invalid_grant');
      refreshToken = `refresh-${randomUUID()}`;
    }
    const token = `00D!${randomUUID()}`;
    tokens.add(token);
    given += 1;
    return {
      status: 200,
      body: {
        access_token: token,
        instance_url: played.instanceUrl ?? played.url,
        token_type: 'Bearer',
        ...(rotates && { refresh_token: refreshToken }),
      },
    };
  }

  const server = createServer(async (request, response) => {
    requests += 1;
    org.tick();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    if (request.url === '/services/oauth2/token') {
      send(response, signIn(new URLSearchParams(text)));
      return;
    }
    handle(request, text === '' ? null : JSON.parse(text), response);
  });

  function handle(request: IncomingMessage, body: unknown, response: ServerResponse): void {
    const { method = 'GET', url = '/' } = request;
    played.dailyRequests += 1;
    played.paths.push(`${method} ${decodeURIComponent(url)}`);
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const { path, params } = below(url);
    const written = writesTo({ method, path, body });
    const subject = armed === null ? null : nameOf(armed.subject.objectType);
    const about = subject !== null && written.includes(subject) ? subject : null;
    if (about !== null && take(about, 'token expired') !== null) tokens.clear();
    if (!tokens.has(token)) {
      send(response, {
        status: 401,
        body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
      });
      return;
    }
    if (written.length > 0) {
      const before = played.meanwhile;
      played.meanwhile = null;
      before?.();
    }
    const whole =
      about === null
        ? null
        : take(
            about,
            'limit without a time',
            'daily limit',
            'server error',
            'cut off after the write',
            'slow drip',
          );
    const limit = (message: string): Answer => ({
      status: 403,
      body: [{ message, errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
    if (whole === 'limit without a time') send(response, limit('ConcurrentPerOrgLongTxn Limit exceeded.'));
    else if (whole === 'daily limit' || played.dailyRequests > 15_000)
      send(response, limit('TotalRequests Limit exceeded.'), { used: 15_000 });
    else if (whole === 'server error')
      send(response, {
        status: 500,
        body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred.' }],
      });
    else {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
      );
      provideUsers(params.get('q') ?? '');
      const result = answer(org, { method, path, params, headers, body }, beforeRecord);
      if (whole === 'cut off after the write') response.destroy();
      else if (whole === 'slow drip') drip(response);
      else send(response, result);
    }
  }

  /** Everybody of the company is a user. */
  function provideUsers(soql: string): void {
    if (!soql.includes(' FROM User ')) return;
    for (const [email] of soql.matchAll(/[\w.+-]+@example\.com(?!\.)/g))
      if (!org.all('User').some((row) => row.Email === email))
        org.insert('User', { Email: email, Name: email }, { system: true });
  }

  function send(
    response: ServerResponse,
    { status, body }: Answer,
    { used = played.dailyRequests } = {},
  ): void {
    response.writeHead(status, {
      'content-type': 'application/json;charset=UTF-8',
      date: org.time.toUTCString(),
      'sforce-limit-info': `api-usage=${used}/15000`,
    });
    response.end(body === null ? undefined : JSON.stringify(body));
  }

  /** A character now and then, without end. */
  function drip(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const played: PlayedSalesforce = {
    url: `http://127.0.0.1:${port}`,
    org,
    refreshTokens: [],
    instanceUrl: null,
    dailyRequests: 0,
    paths: [],
    meanwhile: null,
    endSessions: () => tokens.clear(),
    find,

    arm(fault, subject) {
      met = false;
      const name = nameOf(subject.objectType);
      if (fault === 'several matches') {
        const row = must(subject.objectType, subject.externalKey ?? '');
        const copy = { ...org.insert(name, { Name: 'Twin', Subject: 'Twin' }, { system: true }) };
        const twin = org.byId(name, copy.Id);
        Object.assign(twin, { ...row, Id: twin.Id });
        copies.push(twin);
        met = true;
      } else if (fault === 'field gone') {
        org.hidden.add(`${name}.${subject.field}`);
        met = true;
      } else if (fault === 'choice refused') {
        org.firstOptionRefused.add(`${name}.${subject.field}`);
        met = true;
      } else armed = { fault, subject };
    },
    mend() {
      armed = null;
      org.hidden.clear();
      org.firstOptionRefused.clear();
      for (const copy of copies) org.remove(copy);
      copies = [];
    },
    met: () => met,
    count: (objectType, key) => org.alive(nameOf(objectType)).filter((row) => row[KEY_FIELD] === key).length,
    total: (objectType) => org.alive(nameOf(objectType)).length,
    edit(objectType, key, field, value) {
      org.tick();
      org.update(nameOf(objectType), must(objectType, key), { [field]: value });
    },
    delete(objectType, key) {
      org.tick();
      org.remove(must(objectType, key));
    },
    mergeAway(objectType, key) {
      org.tick();
      const name = nameOf(objectType);
      const row = must(objectType, key);
      const survivor = org.insert(name, { Name: row.Name, LastName: row.LastName }, { system: true });
      org.remove(row, survivor.Id);
    },
    requests: () => requests,
    tokensGiven: () => given,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return played;
}
