import { StartupError } from '../../platform/errors.ts';
import type { CallView, DialableLine } from './control-routes.ts';

/** The caller's side of a simulated call over HTTP, for the command line and the demo. */
export interface PhoneClient {
  lines(): Promise<DialableLine[]>;
  placeCall(call: { from: string; to: string }): Promise<CallView>;
  press(callId: string, keys: string): Promise<CallView>;
  /** A WAV or MP3 file. */
  speak(callId: string, audio: Buffer): Promise<CallView>;
  wait(callId: string): Promise<CallView>;
  hangUp(callId: string): Promise<CallView>;
}

/**
 * @param server where Dictaline runs, for example http://localhost:3000
 * Its functions throw StartupError with a sentence for the person when the server can't be used.
 */
export function createPhoneClient(server: string): PhoneClient {
  const base = server.replace(/\/+$/, '');

  async function ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await fetch(base + path, init).catch((cause: unknown) => {
      throw new StartupError(
        `No server answers at ${base}; start it with \`npm start\`, or name it with --server.`,
        {
          cause,
        },
      );
    });
    if (response.ok) return (await response.json()) as T;
    const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
    if (response.status === 404 && path === '/simulator/lines') {
      throw new StartupError(`The server at ${base} has a real carrier, so there is no simulated phone.`);
    }
    throw new StartupError(body?.error?.message ?? `The server answered with status ${response.status}.`);
  }

  const post = (path: string, body: unknown): Promise<CallView> =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  return {
    lines: async () => (await ask<{ lines: DialableLine[] }>('/simulator/lines')).lines,
    placeCall: (call) => post('/simulator/calls', call),
    press: (callId, keys) => post(`/simulator/calls/${callId}/digits`, { keys }),
    speak: (callId, audio) =>
      ask(`/simulator/calls/${callId}/speech`, {
        method: 'POST',
        headers: { 'content-type': isMp3(audio) ? 'audio/mpeg' : 'audio/wav' },
        body: new Uint8Array(audio),
      }),
    wait: (callId) => post(`/simulator/calls/${callId}/wait`, {}),
    hangUp: (callId) => post(`/simulator/calls/${callId}/hangup`, {}),
  };
}

function isMp3(audio: Buffer): boolean {
  return audio.toString('latin1', 0, 4) !== 'RIFF';
}
