import { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import type { CredentialStore } from '../credentials.ts';
import { CrmError } from '../crm-error.ts';
import { createCrmHttp } from '../http/crm-http.ts';
import { OPEN_GATE } from '../http/request-gate.ts';

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.coerce.number() });
const refusalSchema = z.object({ error: z.string().optional(), error_codes: z.array(z.number()).optional() });

/** Asked anew this long before it runs out. */
const EARLY_MS = 60_000;
/** Entra ID: the application's secret is wrong, or has run out. */
const BAD_SECRET = new Set([7000215, 7000222]);

export interface SignInOptions {
  loginOrigin: string;
  tenant: string;
  clientId: string;
  /** The environment, whose data the token opens. */
  resource: string;
  credentials: CredentialStore;
  clock: Clock;
  timeoutMs?: number | undefined;
}

/**
 * Access tokens by the client-credentials grant of Microsoft Entra ID: a program signs in as itself, nobody has to be
 * there. Kept in memory until they run out; several requests at once wait for the same one.
 */
export function createSignIn(options: SignInOptions): (after: 'nothing' | 'refused') => Promise<string> {
  const { loginOrigin, tenant, clientId, resource, credentials, clock, timeoutMs } = options;
  const http = createCrmHttp({
    name: 'Microsoft’s sign-in',
    origin: loginOrigin,
    authorize: async () => ({}),
    gate: OPEN_GATE,
    timeoutMs,
    interpret: (response) =>
      response.status >= 400 && response.status < 429 && response.status !== 408
        ? new CrmError('connection', whyRefused(response.body), { status: response.status })
        : null,
  });
  let held: { token: string; untilMs: number } | null = null;
  let asking: Promise<string> | null = null;

  async function ask(): Promise<string> {
    const { clientSecret = '' } = await credentials.read();
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${resource}/.default`,
    });
    const { body } = await http.send({
      method: 'POST',
      path: `/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const { access_token: token, expires_in: seconds } = tokenSchema.parse(body);
    held = { token, untilMs: clock.now().getTime() + seconds * 1000 - EARLY_MS };
    return token;
  }

  return async (after) => {
    if (after === 'nothing' && held !== null && held.untilMs > clock.now().getTime()) return held.token;
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}

function whyRefused(body: unknown): string {
  const { error, error_codes: codes } = refusalSchema.catch({}).parse(body);
  if (codes?.some((code) => BAD_SECRET.has(code)))
    return 'Microsoft says that the client secret is wrong or has run out; make a new one in Entra ID and enter it under CRM, Connections.';
  return `Microsoft does not let the application in (${error ?? 'no reason given'}); check tenant, application and secret under CRM, Connections.`;
}
