import type { Faults, OnMishap } from './faults.ts';
import { parseTwiml, type Verb } from './parse-twiml.ts';
import { type Delivery, ERROR_CODES, type Parameters, type WebhookSender } from './webhook-sender.ts';

/** A repeat must get the answer of the first one. */
export const ANSWERS_DIFFER = 'two answers to one request differ';

/** A document and the address that its own addresses are relative to. */
export interface LoadedDocument {
  verbs: Verb[];
  base: string;
}

export interface CallRequests {
  /** What every request of the call tells, and `more`. */
  parameters(more?: Parameters): Record<string, string>;
  /** The document at an address, or that of the fallback; null when neither can be had. */
  load(url: string, more?: Parameters): Promise<LoadedDocument | null>;
  /** A request whose answer leads nowhere, because nobody is there any more. */
  tell(url: string, more?: Parameters): Promise<void>;
  /** What the line goes on with when something failed while a document was run. */
  fallBack(url: string, errorCode: number): Promise<LoadedDocument | null>;
}

export interface CallRequestsOptions {
  sid: string;
  accountSid: string;
  from: string;
  to: string;
  faults: Faults;
  sender: WebhookSender;
  /** The number's fallback address; null when it has none. */
  fallbackUrl: string | null;
  callStatus: () => string;
  onMishap: OnMishap;
}

/** The requests of one call: what they carry, what becomes of those that fail. */
export function createCallRequests(options: CallRequestsOptions): CallRequests {
  const { sid, accountSid, from, to, faults, sender, fallbackUrl, onMishap } = options;
  let made = 0;

  const parameters = (more: Parameters = {}) => ({
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: sid,
    CallStatus: options.callStatus(),
    Direction: 'inbound',
    From: from,
    To: to,
    Caller: from,
    Called: to,
    ...more,
  });

  async function send(url: string, more: Parameters): Promise<Delivery> {
    made += 1;
    const sent = parameters(more);
    const mishap = {
      isLate: faults.lateAnswers?.includes(made) ?? false,
      isUnreachable: faults.failedConnections?.includes(made) ?? false,
      isLost: faults.lostRequests?.includes(made) ?? false,
    };
    if (mishap.isLate) onMishap('answer too late');
    if (mishap.isUnreachable) onMishap('connection failed');
    if (mishap.isLost) onMishap('request lost');
    if (faults.repeatRequests) onMishap('request sent twice at once');
    // Both at once: a repeat may well overtake the first one.
    const first = faults.repeatRequests ? sender.post(url, sent) : null;
    const [delivery, other] = await Promise.all([sender.post(url, sent, mishap), first]);
    if (delivery.ok && other?.ok && delivery.body !== other.body) onMishap(ANSWERS_DIFFER);
    if (!delivery.ok) onMishap(`request failed: ${delivery.errorCode}`);
    return delivery;
  }

  async function fallBack(url: string, errorCode: number): Promise<LoadedDocument | null> {
    if (fallbackUrl === null) return null;
    const about = parameters({ ErrorCode: String(errorCode), ErrorUrl: url.split('#', 1)[0] ?? '' });
    const delivery = await sender.post(fallbackUrl, about);
    const verbs = delivery.ok ? parseTwiml(delivery.body) : null;
    onMishap(verbs === null ? 'fallback failed' : 'fallback taken');
    return verbs && { verbs, base: fallbackUrl };
  }

  return {
    parameters,
    fallBack,
    async load(url, more = {}) {
      const delivery = await send(url, more);
      const verbs = delivery.ok ? parseTwiml(delivery.body) : null;
      if (verbs !== null) return { verbs, base: url };
      return fallBack(url, delivery.ok ? ERROR_CODES.document : delivery.errorCode);
    },
    async tell(url, more = {}) {
      await send(url, more);
    },
  };
}
