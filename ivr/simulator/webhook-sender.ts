import { randomUUID } from 'node:crypto';
import twilio from 'twilio';

export type Parameters = Readonly<Record<string, string>>;

/** Why a request failed, in the carrier's numbers. */
export const ERROR_CODES = { retrieval: 11200, connection: 11205, document: 12100, media: 12300 } as const;

export type Delivery =
  | { ok: true; status: number; body: string; contentType: string }
  | { ok: false; errorCode: number };

/** What may go wrong with one request, by the carrier's doing. */
export interface DeliveryFaults {
  /** The answer comes after the carrier's patience. */
  isLate?: boolean;
  /** The first connection fails. */
  isUnreachable?: boolean;
  /** The first connection breaks before the request has arrived. */
  isLost?: boolean;
}

export interface WebhookSender {
  /** Posts a form as the carrier does, with its retries. */
  post(url: string, parameters: Parameters, faults?: DeliveryFaults): Promise<Delivery>;
  /** Fetches what is to be played. */
  get(url: string): Promise<Delivery>;
}

export interface SenderOptions {
  authToken: string;
  /** What addresses begin with, and what is signed. */
  publicUrl: string;
  /** Where the same server is reached from here. */
  serverOrigin: () => string;
  /** How long an answer may take (the carrier's own is 15 s). */
  answerTimeoutMs?: number;
  /** Before each retry; the carrier's own connection attempts last up to 5 s. */
  beforeRetry?: () => Promise<void>;
}

/** The kinds of failure that the carrier's retry policies name. */
type Failure = 'ct' | 'rt' | '4xx' | '5xx';

/** Failures to connect are tried once more unless the address says otherwise. */
const RETRIES = { count: 1, on: new Set<string>(['ct']) };
const MOST_RETRIES = 5;
const ANSWER_TIMEOUT_MS = 15_000;

/**
 * Calls the server's webhooks, signed over their public address, and nothing but that server. As the carrier does:
 * what doesn't connect is tried again, what answers too late or with an error is not, unless the address asks for it
 * in its fragment (`#rc=2&rp=ct,rt`), which is neither sent nor signed.
 */
export function createWebhookSender(options: SenderOptions): WebhookSender {
  const { authToken, publicUrl, serverOrigin, answerTimeoutMs = ANSWER_TIMEOUT_MS } = options;

  function addressOf(url: string): string {
    if (url !== publicUrl && !url.startsWith(`${publicUrl}/`)) {
      throw new Error('The simulator calls no other server than its own');
    }
    return serverOrigin() + url.slice(publicUrl.length);
  }

  async function attempt(url: string, init: RequestInit): Promise<Delivery | Failure> {
    try {
      const response = await fetch(addressOf(url), { ...init, signal: AbortSignal.timeout(answerTimeoutMs) });
      const body = await response.text();
      const { status } = response;
      if (status >= 400) return status >= 500 ? '5xx' : '4xx';
      return { ok: true, status, body, contentType: response.headers.get('content-type') ?? '' };
    } catch (error) {
      return isUnreachable(error) ? 'ct' : 'rt';
    }
  }

  async function send(address: string, init: RequestInit, faults: DeliveryFaults): Promise<Delivery> {
    const [url = '', fragment = ''] = address.split('#', 2);
    const { count, on } = readRetries(fragment);
    for (let tried = 0; ; tried += 1) {
      const isFirst = tried === 0;
      const outcome = (isFirst ? spoiled(faults) : null) ?? (await attempt(url, init));
      const result = isFirst && faults.isLate ? 'rt' : outcome;
      if (typeof result !== 'string') return result;
      if (tried >= count || !(on.has(result) || on.has('all'))) {
        return { ok: false, errorCode: result === 'ct' ? ERROR_CODES.connection : ERROR_CODES.retrieval };
      }
      await options.beforeRetry?.();
    }
  }

  /** How the first try fails without having reached the server. */
  function spoiled({ isUnreachable, isLost }: DeliveryFaults): Failure | null {
    if (isUnreachable) return 'ct';
    return isLost ? 'rt' : null;
  }

  const sign = (url: string, parameters: Parameters) =>
    twilio.getExpectedTwilioSignature(authToken, url.split('#', 1)[0] ?? '', parameters);
  return {
    post: (url, parameters, faults = {}) =>
      send(
        url,
        {
          method: 'POST',
          headers: {
            'x-twilio-signature': sign(url, parameters),
            // The same for all tries of one request.
            'i-twilio-idempotency-token': randomUUID(),
          },
          body: new URLSearchParams(parameters),
        },
        faults,
      ),
    get: (url) => send(url, { headers: { 'x-twilio-signature': sign(url, {}) } }, {}),
  };
}

function readRetries(fragment: string): typeof RETRIES {
  const overrides = new URLSearchParams(fragment);
  const [count, on] = [overrides.get('rc'), overrides.get('rp')];
  return {
    count: count === null ? RETRIES.count : Math.min(MOST_RETRIES, Number(count)),
    on: on === null ? RETRIES.on : new Set(on.split(',')),
  };
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

function isUnreachable(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && UNREACHABLE.has(String(cause.code));
}
