import type { CallView } from '../control-routes.ts';

/** What the person can do something about; its message is for the person. */
export class PhoneProblem extends Error {}

async function ask(path: string, init: RequestInit): Promise<CallView> {
  const response = await fetch(path, { method: 'POST', ...init }).catch(() => {
    throw new PhoneProblem('The server does not answer. Check that it runs, then call again.');
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as CallView;
  const told = (body as { error?: { message?: string } } | null)?.error?.message;
  throw new PhoneProblem(told ?? 'Something went wrong. Hang up and call again.');
}

const asJson = (body: object): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const path = (callId: string, act: string) => `/simulator/calls/${encodeURIComponent(callId)}/${act}`;

export const phoneApi = {
  call: (call: { to: string; from: string; faults: string[] }) => ask('/simulator/calls', asJson(call)),
  press: (callId: string, keys: string) => ask(path(callId, 'digits'), asJson({ keys })),
  speak: (callId: string, audio: Blob) =>
    ask(path(callId, 'speech'), { headers: { 'content-type': typeOf(audio) }, body: audio }),
  wait: (callId: string) => ask(path(callId, 'wait'), asJson({})),
  hangUp: (callId: string) => ask(path(callId, 'hangup'), asJson({})),
  /** When the window closes: sent without waiting for an answer. */
  hangUpInPassing: (callId: string) => navigator.sendBeacon(path(callId, 'hangup')),
};

function typeOf(audio: Blob): string {
  return /mpeg|mp3/.test(audio.type) ? 'audio/mpeg' : 'audio/wav';
}
