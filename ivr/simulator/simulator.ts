import type { Config } from '../../platform/config.ts';
import type { Logger } from '../../platform/log.ts';
import type { Faults } from './call-events.ts';
import { createMediaStore, type MediaStore } from './media-store.ts';
import { createWebhookSender } from './signed-request.ts';
import { createSimulatedCall, type SimulatedCall } from './simulated-call.ts';

export interface SimulatorOptions {
  carrier: Pick<Config['carrier'], 'accountSid' | 'authToken' | 'apiOrigin'>;
  publicUrl: string;
  /** Where the server that answers is reached from here. */
  serverOrigin: () => string;
  mediaFolder: string;
  log: Logger;
  now?: () => Date;
  /** How late callbacks about recordings are; null: only when `deliverCallbacks` is called (tests). */
  callbackDelayMs?: number | null;
}

export interface Simulator {
  media: MediaStore;
  /** Places a call; resolves when the line waits for the caller. */
  placeCall(call: { from: string; to: string; faults?: Faults }): Promise<SimulatedCall>;
  findCall(sid: string): SimulatedCall | undefined;
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
  const { carrier, publicUrl, serverOrigin, mediaFolder, log } = options;
  const { now = () => new Date(), callbackDelayMs = 400 } = options;
  const media = createMediaStore(mediaFolder);
  const sender = createWebhookSender({ authToken: carrier.authToken, publicUrl, serverOrigin });
  const calls = new Map<string, SimulatedCall>();
  const due: (() => Promise<void>)[] = [];
  const timers = new Set<NodeJS.Timeout>();

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
    };
  }

  return {
    media,
    async placeCall({ from, to, faults = {} }) {
      const { accountSid, apiOrigin } = carrier;
      const call = hangUpWhenIdle(
        createSimulatedCall({
          accountSid,
          apiOrigin,
          publicUrl,
          from,
          to,
          faults,
          sender,
          media,
          now,
          later,
        }),
      );
      calls.set(call.sid, call);
      const oldest = calls.size > REMEMBERED_CALLS ? calls.keys().next().value : undefined;
      if (oldest !== undefined) calls.delete(oldest);
      await call.connect();
      return call;
    },
    findCall: (sid) => calls.get(sid),
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
