import type { Config } from '../../platform/config.ts';
import type { Logger } from '../../platform/log.ts';
import { createFaultBook, type FaultBook, type Faults, type OnMishap } from './faults.ts';
import type { MediaStore } from './media-store.ts';
import { createSimulatedCall, type SimulatedCall } from './simulated-call.ts';
import { createWebhookSender, type SenderOptions } from './webhook-sender.ts';

export interface SimulatorOptions extends Pick<SenderOptions, 'answerTimeoutMs' | 'beforeRetry'> {
  carrier: Pick<Config['carrier'], 'accountSid' | 'authToken' | 'apiOrigin'>;
  publicUrl: string;
  /** Where the server that answers is reached from here. */
  serverOrigin: () => string;
  media: MediaStore;
  log: Logger;
  now?: () => Date;
  /** How late callbacks about recordings are; null: only when `deliverCallbacks` is called (tests). */
  callbackDelayMs?: number | null;
  /** The fallback address of all numbers; null: none. Absent: the voice address once more. */
  fallbackUrl?: string | null;
  onMishap?: OnMishap;
}

export interface CallFilter {
  to?: string;
  from?: string;
  status?: string;
}

export interface Simulator {
  media: MediaStore;
  faultBook: FaultBook;
  /** Places a call; resolves when the line waits for the caller. */
  placeCall(call: { from: string; to: string; faults?: Faults }): Promise<SimulatedCall>;
  findCall(sid: string): SimulatedCall | undefined;
  /** The carrier's records of calls, the newest first. */
  listCalls(filter?: CallFilter): SimulatedCall[];
  /** Out: whether there was one. A call in progress has no record yet that could be deleted. */
  deleteCall(sid: string): 'deleted' | 'in_progress' | 'unknown';
  /** Sends the callbacks that are due, in their order or the newest first. */
  deliverCallbacks(order?: 'in_order' | 'reversed'): Promise<void>;
  /** Hangs up all calls and sends what is due. */
  close(): Promise<void>;
}

/** A phone that was left lying: the browser's window was closed without a goodbye. */
const IDLE_MS = 10 * 60_000;
/** Calls that are over are remembered for those who ask for their status. */
const REMEMBERED_CALLS = 500;

/** A carrier in memory, its media in files. See `createSimulatedCall` for how it runs a call. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { carrier, publicUrl, log } = options;
  const { now = () => new Date(), callbackDelayMs = 400, onMishap = () => {} } = options;
  const { fallbackUrl = `${publicUrl}/ivr/answer` } = options;
  const sender = createWebhookSender({ ...options, authToken: carrier.authToken });
  const faultBook = createFaultBook(onMishap);
  const calls = new Map<string, SimulatedCall>();
  const due: (() => Promise<void>)[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const media: MediaStore = {
    ...options.media,
    async save(info, wav, faults = {}) {
      faultBook.note(info.recordingSid, faults, ['media', 'deletion']);
      faultBook.note(info.callSid, faults, ['listing', 'callStatus']);
      await options.media.save(info, wav, faults);
    },
  };

  function afterwards(ms: number, work: () => Promise<void>): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work().catch((err) => log.warn({ err }, 'simulated carrier: request failed'));
    }, ms);
    timers.add(timer.unref());
    return timer;
  }

  async function deliverCallbacks(order: 'in_order' | 'reversed' = 'in_order'): Promise<void> {
    const ready = due.splice(0);
    if (order === 'reversed') ready.reverse();
    for (const send of ready) await send();
  }

  function later(send: () => Promise<void>): void {
    due.push(send);
    if (callbackDelayMs !== null) afterwards(callbackDelayMs, deliverCallbacks);
  }

  function hangUpWhenIdle(call: SimulatedCall): SimulatedCall {
    let idle = afterwards(IDLE_MS, call.hangUp);
    const used = <A extends unknown[]>(act: (...args: A) => Promise<void>) => {
      return async (...args: A) => {
        clearTimeout(idle);
        timers.delete(idle);
        await act(...args);
        if (call.status() === 'in-progress') idle = afterwards(IDLE_MS, call.hangUp);
      };
    };
    return {
      ...call,
      press: used(call.press),
      speak: used(call.speak),
      wait: used(call.wait),
      hangUp: used(call.hangUp),
      drop: used(call.drop),
    };
  }

  return {
    media,
    faultBook,
    async placeCall({ from, to, faults = {} }) {
      const { accountSid, apiOrigin } = carrier;
      const shared = { accountSid, apiOrigin, publicUrl, fallbackUrl, sender, media, now, later, onMishap };
      const call = hangUpWhenIdle(createSimulatedCall({ ...shared, from, to, faults }));
      calls.set(call.sid, call);
      const oldest = calls.size > REMEMBERED_CALLS ? calls.keys().next().value : undefined;
      if (oldest !== undefined) calls.delete(oldest);
      await call.connect();
      return call;
    },
    findCall: (sid) => calls.get(sid),
    listCalls: ({ to, from, status } = {}) =>
      [...calls.values()]
        .filter((call) => to === undefined || call.to === to)
        .filter((call) => from === undefined || call.from === from)
        .filter((call) => status === undefined || call.status() === status)
        .reverse(),
    deleteCall(sid) {
      const call = calls.get(sid);
      if (call === undefined) return 'unknown';
      if (call.status() === 'in-progress') return 'in_progress';
      calls.delete(sid);
      return 'deleted';
    },
    deliverCallbacks,
    async close() {
      for (const call of calls.values()) {
        await call.hangUp().catch((err) => log.warn({ err }, 'simulated carrier: could not hang up'));
      }
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await deliverCallbacks().catch((err) => log.warn({ err }, 'simulated carrier: request failed'));
    },
  };
}
