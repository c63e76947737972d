import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { BenchCaller } from './bench-callers.ts';
import { type CarrierAccount, PUBLIC_URL, type SignedRequest, signedRequest } from './signed-carrier.ts';

/** Goes on to the next thing before dictating, and from there to the tone. */
const SKIP = '#';

export const newCallSid = (): string => `CA${randomBytes(16).toString('hex')}`;

/** Milliseconds that each request took, by the step that it made. */
export type Timings = Map<string, number[]>;

export interface CallPlacer {
  /** A whole report: answered, PIN, dictated, sent, callback, goodbye, status. */
  report(caller: BenchCaller, timings: Timings): Promise<void>;
  /** Answered, and then left waiting for the PIN. */
  answer(caller: BenchCaller): Promise<void>;
  close(): void;
}

/** The carrier's side of many calls at once, against `server`. Any answer that isn't a success is an error. */
export function createCallPlacer(server: string, account: CarrierAccount): CallPlacer {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });

  function send({ path, headers, body }: SignedRequest): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request(server + path, { method: 'POST', headers, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${path} was answered with ${response.statusCode}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async function timed(timings: Timings, step: string, signed: SignedRequest): Promise<string> {
    const begun = performance.now();
    const text = await send(signed);
    const known = timings.get(step);
    const took = performance.now() - begun;
    if (known === undefined) timings.set(step, [took]);
    else known.push(took);
    return text;
  }

  return {
    async report({ phone: From, pin }, timings) {
      const CallSid = newCallSid();
      const post = (step: string, path: string, more: Record<string, string> = {}) =>
        timed(timings, step, signedRequest(account, path, { From, CallSid, ...more }));
      const recorded = { RecordingSid: `RE${CallSid.slice(2)}`, RecordingDuration: '42' };
      const answered = await post('answer', '/ivr/answer');
      let recording = await post('PIN', addressIn(answered, 'action'), { Digits: pin });
      // What there is to hear before dictating is skipped.
      while (recording.includes('<Gather')) {
        recording = await post('menu key', addressIn(recording, 'action'), { Digits: SKIP });
      }
      const sent = await post('recording, #', addressIn(recording, 'action'), { ...recorded, Digits: '#' });
      const callback = addressIn(recording, 'recordingStatusCallback');
      await post('recording callback', callback, { ...recorded, RecordingStatus: 'completed' });
      await post('menu key', addressIn(sent, 'action'), { Digits: '#' });
      await post('call status', '/ivr/status', { CallStatus: 'completed' });
    },
    async answer({ phone: From }) {
      await send(signedRequest(account, '/ivr/answer', { From, CallSid: newCallSid() }));
    },
    close: () => agent.destroy(),
  };
}

/** Path and query of an address in an answer. */
function addressIn(twiml: string, attribute: string): string {
  const found = new RegExp(`${attribute}="([^"]+)"`).exec(twiml)?.[1];
  if (!found?.startsWith(PUBLIC_URL)) throw new Error(`No ${attribute} in ${twiml}`);
  return found.slice(PUBLIC_URL.length).replaceAll('&amp;', '&');
}
