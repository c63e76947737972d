import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { apiRoutes } from '../../../ivr/simulator/api-routes.ts';
import { createMediaStore, type StoredRecording } from '../../../ivr/simulator/media-store.ts';
import { createSimulator, type Simulator } from '../../../ivr/simulator/simulator.ts';
import type { Clock } from '../../../platform/clock.ts';
import { silentLog } from '../../support/silent-log.ts';

/** A recording that the carrier completed, as it was at that moment. */
export interface CompletedRecording extends StoredRecording {
  sha256: string;
  samples: number;
  /** Louder than silence: it holds speech. */
  isLoud: boolean;
  to: string;
}

export interface OutsideCarrier {
  simulator: Simulator;
  origin: string;
  accountSid: string;
  authToken: string;
  /** In the order in which they were completed. */
  ledger: CompletedRecording[];
  /** How often each thing went wrong. */
  mishaps: Map<string, number>;
  close(): Promise<void>;
}

export interface OutsideCarrierOptions {
  folder: string;
  clock: Clock;
  publicUrl: string;
  /** Before the carrier deletes a recording; its complaint is kept. */
  onDelete: (recording: CompletedRecording) => Promise<void>;
  random: () => number;
}

const WAV_HEADER_BYTES = 44;
const LOUD = 1000;

/** The simulated carrier with its REST API, outside of the server that it calls. */
export async function startOutsideCarrier(options: OutsideCarrierOptions): Promise<OutsideCarrier> {
  const { folder, clock, publicUrl, onDelete, random } = options;
  const [accountSid, authToken] = [`AC${'f'.repeat(32)}`, 'token-of-the-outside-carrier'];
  const ledger: CompletedRecording[] = [];
  const mishaps = new Map<string, number>();
  const stored = createMediaStore(folder);
  const app = Fastify();
  // The address is known once it listens; by then nothing has asked for it.
  const carrier = { accountSid, authToken, apiOrigin: '' };
  const simulator: Simulator = createSimulator({
    carrier,
    publicUrl,
    serverOrigin: () => publicUrl,
    media: {
      ...stored,
      async save(info, wav, faults) {
        await stored.save(info, wav, faults);
        const samples = new Int16Array(
          wav.buffer.slice(wav.byteOffset + WAV_HEADER_BYTES, wav.byteOffset + wav.length),
        );
        ledger.push({
          ...info,
          sha256: createHash('sha256').update(wav).digest('hex'),
          samples: samples.length,
          isLoud: samples.some((sample) => Math.abs(sample) > LOUD),
          to: simulator.findCall(info.callSid)?.to ?? '',
        });
      },
      async delete(sid) {
        const known = ledger.find(({ recordingSid }) => recordingSid === sid);
        if (known !== undefined) await onDelete(known);
        return stored.delete(sid);
      },
    },
    log: silentLog,
    now: () => clock.now(),
    // Some come before the request of the call that follows, some after it.
    callbackDelayMs: 20,
    beforeRetry: () => new Promise((resolve) => setTimeout(resolve, random() * 900)),
    answerTimeoutMs: 5_000,
    onMishap: (kind) => mishaps.set(kind, (mishaps.get(kind) ?? 0) + 1),
  });
  await app.register(apiRoutes, { simulator, carrier, silenceMs: 60 });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  carrier.apiOrigin = origin;
  return {
    ...{ simulator, origin, accountSid, authToken, ledger, mishaps },
    async close() {
      await simulator.close();
      await app.close();
    },
  };
}
