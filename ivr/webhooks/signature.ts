import twilio from 'twilio';
import type { Form } from './form.ts';

export interface SignedRequest {
  /** Without a slash at its end. */
  publicUrl: string;
  /** Path and query exactly as received. */
  pathAndQuery: string;
  form: Form;
  signature: string | undefined;
}

/**
 * Whether the carrier signed this request: HMAC-SHA1 under the account's token over the address that it called
 * and every parameter. The address is what the carrier knows (PUBLIC_URL), not what a proxy made of it.
 */
export function isSigned(
  authToken: string,
  { publicUrl, pathAndQuery, form, signature }: SignedRequest,
): boolean {
  if (signature === undefined || signature === '') return false;
  // Without a prototype, so that a parameter called __proto__ is a parameter.
  const parameters: Record<string, string | readonly string[]> = Object.create(null);
  for (const [name, values] of form) {
    parameters[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return twilio.validateRequest(authToken, signature, publicUrl + pathAndQuery, parameters);
}
