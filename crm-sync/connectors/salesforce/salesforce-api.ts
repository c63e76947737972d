import { z } from 'zod';
import { CrmError } from '../crm-error.ts';
import { type CrmHttp, type CrmRequest, type CrmResponse, createCrmHttp } from '../http/crm-http.ts';
import type { RequestGate } from '../http/request-gate.ts';
import { dailyLimit, dailyUsage, interpretSalesforce, refusedRequest } from './salesforce-error.ts';
import type { Session, Sessions } from './session.ts';

/** Winter ’25: the oldest that has all that we use, so that no company has to wait for it. */
export const API_VERSION = 'v62.0';
/** Values that we bring must not move a customer to another owner. */
export const NO_RULES = { 'Sforce-Auto-Assign': 'FALSE' };
/** Of a query in characters; headers and host count against the limit, too. */
const MAX_ADDRESS = 8_000;
const ROOT = `/services/data/${API_VERSION}`;

/** A record as Salesforce gives it, by API names. */
export type Row = Readonly<Record<string, unknown>>;

export interface Rows {
  rows: Row[];
  /** What Salesforce's own clock said then; null when it did not say. */
  at: Date | null;
}

export interface SubRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface SubResponse {
  status: number;
  body: unknown;
}

export interface Composite {
  /** In the order of the requests. */
  responses: SubResponse[];
  /** As `Rows.at`. */
  at: Date | null;
}

/** The REST API of one company's Salesforce, as far as the connector uses it. Everything throws CrmError. */
export interface SalesforceApi {
  /** Where people see the records. */
  origin(): Promise<string>;
  /** The body of an answer; below the version. */
  get(path: string): Promise<unknown>;
  send(method: CrmRequest['method'], path: string, body?: unknown): Promise<unknown>;
  /** All rows of a query, deleted and archived ones included. */
  queryAll(soql: string): Promise<Rows>;
  /** Up to 25 requests that are done in order, each for itself, and count as one. */
  composite(requests: readonly SubRequest[]): Promise<Composite>;
  /** Up to 25 resources at once. */
  batch(paths: readonly string[]): Promise<SubResponse[]>;
}

const pageSchema = z.object({
  records: z.array(z.record(z.string(), z.unknown())),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
});
const compositeSchema = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});
const batchSchema = z.object({ results: z.array(z.object({ statusCode: z.number(), result: z.unknown() })) });

export function createSalesforceApi({
  sessions,
  gate,
  dailyShare,
  timeoutMs,
  problem,
}: {
  sessions: Sessions;
  gate: RequestGate;
  dailyShare: number;
  timeoutMs: number | undefined;
  /** A sentence about the settings when they are not right: then nobody is asked at all. */
  problem: string | null;
}): SalesforceApi {
  const https = new Map<string, CrmHttp>();

  function httpTo({ origin }: Session): CrmHttp {
    const known = https.get(origin);
    if (known !== undefined) return known;
    let used: Session | null = null;
    const http = createCrmHttp({
      name: 'Salesforce',
      origin,
      gate,
      timeoutMs,
      interpret: interpretSalesforce,
      async authorize(after) {
        const session =
          after === 'refused' && used !== null ? await sessions.renewed(used) : await sessions.current();
        if (session.origin !== origin)
          throw new CrmError('transient', 'Salesforce has moved the company; it is tried again by itself.');
        used = session;
        return { authorization: `Bearer ${session.token}` };
      },
    });
    https.set(origin, http);
    return http;
  }

  async function ask(request: CrmRequest): Promise<CrmResponse> {
    if (problem !== null) throw new CrmError('connection', problem);
    const response = await httpTo(await sessions.current()).send(request);
    const usage = dailyUsage(response.headers);
    // This answer counts all the same; who comes next waits.
    if (usage !== null && usage.used >= (usage.limit * dailyShare) / 100) await gate.pause(dailyLimit(null));
    if (response.status >= 300) throw refusedRequest(response);
    return response;
  }

  async function composite(requests: readonly SubRequest[]): Promise<Composite> {
    const response = await ask({
      method: 'POST',
      path: `${ROOT}/composite`,
      body: {
        allOrNone: false,
        // In order: what reads comes after what wrote.
        collateSubrequests: false,
        compositeRequest: requests.map(({ method, path, body, headers }, index) => ({
          method,
          url: ROOT + path,
          referenceId: `request${index}`,
          ...(body !== undefined && { body }),
          ...(headers !== undefined && { httpHeaders: headers }),
        })),
      },
    });
    const { compositeResponse } = parse(compositeSchema, response.body);
    return {
      responses: compositeResponse.map(({ httpStatusCode, body }) => ({ status: httpStatusCode, body })),
      at: dateOf(response),
    };
  }

  /** Salesforce takes addresses of 16,384 bytes; a longer query goes as part of a composite request. */
  async function askForPage(path: string): Promise<{ body: unknown; at: Date | null }> {
    if (path.length <= MAX_ADDRESS) {
      const response = await ask({ method: 'GET', path: ROOT + path });
      return { body: response.body, at: dateOf(response) };
    }
    const { responses, at } = await composite([{ method: 'GET', path }]);
    const response = responses[0] ?? { status: 500, body: null };
    if (response.status >= 300) throw refusedRequest(response);
    return { body: response.body, at };
  }

  return {
    async origin() {
      return (await sessions.current()).origin;
    },

    async get(path) {
      return (await ask({ method: 'GET', path: ROOT + path })).body;
    },

    async send(method, path, body) {
      return (
        await ask({ method, path: ROOT + path, headers: NO_RULES, ...(body !== undefined && { body }) })
      ).body;
    },

    async queryAll(soql) {
      const rows: Row[] = [];
      let path: string | null = `/queryAll?q=${encodeURIComponent(soql)}`;
      let at: Date | null = null;
      while (path !== null) {
        const answer = await askForPage(path);
        const page = parse(pageSchema, answer.body);
        rows.push(...page.records);
        at ??= answer.at;
        path = page.done ? null : (page.nextRecordsUrl?.replace(ROOT, '') ?? null);
      }
      return { rows, at };
    },

    composite,

    async batch(paths) {
      const { body } = await ask({
        method: 'POST',
        path: `${ROOT}/composite/batch`,
        body: { batchRequests: paths.map((path) => ({ method: 'GET', url: `${API_VERSION}${path}` })) },
      });
      return parse(batchSchema, body).results.map(({ statusCode, result }) => ({
        status: statusCode,
        body: result,
      }));
    },
  };
}

/** Rows of a query that was part of a composite request; null when it failed or there are more to come. */
export function rowsOf({ status, body }: SubResponse): Row[] | null {
  const page = pageSchema.safeParse(body).data;
  return status === 200 && page?.done === true ? page.records : null;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CrmError(
    'transient',
    'Salesforce answered with something else than asked for; it is tried again by itself.',
  );
}

function dateOf({ headers }: CrmResponse): Date | null {
  const time = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(time) ? null : new Date(time);
}
