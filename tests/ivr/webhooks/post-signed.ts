import twilio from 'twilio';
import type { IvrServer } from '../server.ts';

export interface SignedPost {
  /** Path and query. */
  path: string;
  body: string;
  /** What the signature is made over instead of the request itself. */
  signedUrl?: string;
  signature?: string | null;
  contentType?: string;
}

function parametersOf(body: string): Record<string, string | string[]> {
  const parameters: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return parameters;
}

/** The right signature of a form sent to `path`. */
export function signatureFor({ platform }: IvrServer, path: string, body: string): string {
  const { carrier, publicUrl } = platform.config;
  return twilio.getExpectedTwilioSignature(carrier.authToken, publicUrl + path, parametersOf(body));
}

/** Sends a form to the server as the carrier would, signed rightly unless told otherwise. */
export function postSigned(server: IvrServer, { path, body, signedUrl, signature, contentType }: SignedPost) {
  const { config } = server.platform;
  const url = signedUrl ?? config.publicUrl + path;
  const right = twilio.getExpectedTwilioSignature(config.carrier.authToken, url, parametersOf(body));
  return server.app.inject({
    method: 'POST',
    url: path,
    headers: {
      'content-type': contentType ?? 'application/x-www-form-urlencoded',
      ...(signature !== null && { 'x-twilio-signature': signature ?? right }),
    },
    payload: body,
  });
}

let made = 0;

/** The form of a new call. */
export function callForm(from: string, to: string, more: Record<string, string> = {}): string {
  made += 1;
  const CallSid = `CA${made.toString(16).padStart(32, '0')}`;
  return new URLSearchParams({ CallSid, From: from, To: to, CallStatus: 'ringing', ...more }).toString();
}

/** Path and query of the request that an answer leads to. */
export function actionOf(twiml: string): string {
  const action = /action="https:\/\/phone\.example\.com([^"]+)"/.exec(twiml)?.[1];
  if (action === undefined) throw new Error(`No action in ${twiml}`);
  return action.replaceAll('&amp;', '&');
}
