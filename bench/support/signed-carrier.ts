import twilio from 'twilio';
import { DEMO_LINES } from '../../app/demo/demo-people.ts';

/** What the serving process goes by; nobody listens there. */
export const PUBLIC_URL = 'http://bench.invalid';

export interface CarrierAccount {
  accountSid: string;
  authToken: string;
}

/** A request as the carrier sends it. */
export interface SignedRequest {
  method: 'POST';
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A signed form about a call on the report line. `path`: with its query. */
export function signedRequest(
  { authToken, accountSid }: CarrierAccount,
  path: string,
  { From, CallSid, ...more }: { From: string; CallSid: string } & Record<string, string>,
): SignedRequest {
  const form = {
    AccountSid: accountSid,
    CallSid,
    CallStatus: 'in-progress',
    Direction: 'inbound',
    From,
    To: DEMO_LINES.report.number,
    ApiVersion: '2010-04-01',
    ...more,
  };
  return {
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(authToken, PUBLIC_URL + path, form),
    },
    body: new URLSearchParams(form).toString(),
  };
}
