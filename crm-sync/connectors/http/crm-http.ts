import { CrmError } from '../crm-error.ts';
import { readBody } from './read-body.ts';
import type { RequestGate } from './request-gate.ts';
import { retryAfterMs } from './retry-after.ts';

export interface CrmRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the origin, with its query; or an address of the same origin, as CRMs give for next pages. */
  path: string;
  headers?: Record<string, string>;
  /** A string goes as it is, with the content type that `headers` names; anything else as JSON. */
  body?: unknown;
}

export interface CrmResponse {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON, else the text; null when empty. */
  body: unknown;
}

export interface CrmHttpOptions {
  /** Of the CRM, for sentences: "HubSpot". */
  name: string;
  /** Scheme, host and port. Nothing else is ever asked, and no redirect followed. */
  origin: string;
  /**
   * Headers that open the CRM. After `refused` (the CRM answered 401) it has to get new ones, or to throw.
   * @throws CrmError
   */
  authorize(after: 'nothing' | 'refused'): Promise<Record<string, string>>;
  gate: RequestGate;
  /** How long a request may take to the last byte of its answer. */
  timeoutMs?: number | undefined;
  /** The vendor's own words for limits and the like, in answers that are told apart by more than their status. */
  interpret?(response: CrmResponse): CrmError | null;
}

export interface CrmHttp {
  /**
   * One request, sent once; only after a 401 is it sent again, with new headers. Retrying is the ledger's affair,
   * which knows what was to be written and looks first.
   *
   * @returns what the CRM answered, unless it is one of these:
   * @throws CrmError `transient` (not reached, cut off, too slow, 408, 425, 5xx), `limit` (429, 503 with a time),
   * `connection` (401 twice, a redirect), or what `interpret` says.
   */
  send(request: CrmRequest): Promise<CrmResponse>;
}

const TIMEOUT_MS = 20_000;

/** Asks a CRM over HTTP and tells in one way how that went. */
export function createCrmHttp(options: CrmHttpOptions): CrmHttp {
  const { name, origin, authorize, gate, timeoutMs = TIMEOUT_MS, interpret } = options;

  async function ask(request: CrmRequest, after: 'nothing' | 'refused'): Promise<CrmResponse> {
    const url = new URL(request.path, origin);
    if (url.origin !== new URL(origin).origin)
      throw new CrmError(
        'permanent',
        `${name} pointed to another address than its own; tell its administrator.`,
      );
    // Before signing in, too: a CRM that wants to be left alone is not asked for tokens either.
    await gate.enter();
    const headers: Record<string, string> = { accept: 'application/json', ...(await authorize(after)) };
    const isText = typeof request.body === 'string';
    if (request.body !== undefined && !isText) headers['content-type'] = 'application/json';
    try {
      // The signal ends reading the body, too: an answer that drips in must not hold a worker for ever.
      const response = await fetch(url, {
        method: request.method,
        headers: { ...headers, ...request.headers },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        ...(request.body !== undefined && {
          body: isText ? String(request.body) : JSON.stringify(request.body),
        }),
      });
      return { status: response.status, headers: response.headers, body: await readBody(response, name) };
    } catch (error) {
      if (error instanceof CrmError) throw error;
      throw new CrmError('transient', `${name} did not answer in time; it is tried again by itself.`, {
        cause: error,
      });
    }
  }

  return {
    async send(request) {
      let response = await ask(request, 'nothing');
      if (response.status === 401) response = await ask(request, 'refused');
      const error = interpret?.(response) ?? troubleOf(response, name);
      if (error === null) return response;
      if (error.kind === 'limit') await gate.pause(error);
      throw error;
    },
  };
}

function troubleOf(response: CrmResponse, name: string): CrmError | null {
  const { status } = response;
  const wait = retryAfterMs(response.headers.get('retry-after'), new Date());
  if (status === 401)
    return new CrmError('connection', `${name} does not let us in; enter its credentials again.`, { status });
  if (status === 429 || (status === 503 && wait !== null)) {
    return new CrmError('limit', `${name} asked us to wait; it goes on by itself.`, {
      status,
      retryAfterMs: wait,
    });
  }
  if (status === 408 || status === 425 || status >= 500)
    return new CrmError('transient', `${name} has trouble of its own; it is tried again by itself.`, {
      status,
      retryAfterMs: wait,
    });
  // 300 is an answer: several records match.
  if (status > 300 && status < 400 && status !== 304)
    return new CrmError('connection', `${name} has another address; correct it under CRM, Connections.`, {
      status,
    });
  return null;
}
