import { z } from 'zod';
import type { CredentialStore, Credentials } from '../credentials.ts';
import { CrmError } from '../crm-error.ts';
import { createCrmHttp } from '../http/crm-http.ts';
import type { RequestGate } from '../http/request-gate.ts';
import { isSalesforceOrigin, originOf, type SalesforceSettings } from './settings.ts';

/** An access token and where it is good. In memory only. */
export interface Session {
  token: string;
  /** Of the company's instance. */
  origin: string;
}

export interface Sessions {
  /** The session at hand, or a new one. @throws CrmError */
  current(): Promise<Session>;
  /** A new one in place of one that Salesforce refused. @throws CrmError */
  renewed(refused: Session): Promise<Session>;
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  instance_url: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
});

/**
 * Signs in to Salesforce by client credentials or by a refresh token. A session ends when the company's settings say
 * so (two hours at first), which shows as a 401; then there is a new one. Where refresh tokens rotate, each answer
 * brings the next token and ends the one before: the store keeps it, and lets one process at a time ask.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_refresh_token_flow.htm
 */
export function createSessions({
  settings,
  credentials,
  gate,
  timeoutMs,
}: {
  settings: SalesforceSettings;
  credentials: CredentialStore;
  gate: RequestGate;
  timeoutMs: number | undefined;
}): Sessions {
  let session: Session | null = null;
  let signingIn: Promise<Session> | null = null;

  async function askForToken(form: Record<string, string>): Promise<z.infer<typeof tokenSchema>> {
    const http = createCrmHttp({
      name: 'Salesforce',
      origin: settings.origin,
      authorize: async () => ({}),
      gate,
      timeoutMs,
    });
    const { status, body } = await http.send({
      method: 'POST',
      path: '/services/oauth2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: settings.clientId, ...form }).toString(),
    });
    const token = tokenSchema.safeParse(body).data;
    if (status === 200 && token !== undefined) return token;
    throw new CrmError('connection', whyNot(body, settings), { status });
  }

  async function signIn(): Promise<Session> {
    const stale = await credentials.read();
    const token =
      settings.signIn === 'client_credentials'
        ? await askForToken({
            grant_type: 'client_credentials',
            client_secret: secretOf(stale, 'clientSecret'),
          })
        : await refresh(stale);
    const origin = originOf(token.instance_url);
    if (origin === null || !isSalesforceOrigin(origin, settings))
      throw new CrmError(
        'connection',
        'The sign-in leads to an address that is not Salesforce’s; check My Domain under CRM, Connections.',
      );
    return { token: token.access_token, origin };
  }

  /** Asks with the token that is kept by now; another process may have used up the one that we know. */
  async function refresh(known: Credentials): Promise<z.infer<typeof tokenSchema>> {
    let stale = known;
    for (;;) {
      const answers: z.infer<typeof tokenSchema>[] = [];
      const kept = await credentials.renew(stale, async (current) => {
        const answer = await askForToken({
          grant_type: 'refresh_token',
          client_secret: secretOf(current, 'clientSecret'),
          refresh_token: secretOf(current, 'refreshToken'),
        });
        answers.push(answer);
        return { ...current, refreshToken: answer.refresh_token ?? secretOf(current, 'refreshToken') };
      });
      const [answer] = answers;
      if (answer !== undefined) return answer;
      stale = kept;
    }
  }

  function start(): Promise<Session> {
    signingIn ??= signIn()
      .then((next) => {
        session = next;
        return next;
      })
      .finally(() => {
        signingIn = null;
      });
    return signingIn;
  }

  return {
    async current() {
      return session ?? start();
    },
    async renewed(refused) {
      if (session !== null && session.token !== refused.token) return session;
      session = null;
      return start();
    },
  };
}

function secretOf(credentials: Credentials, key: string): string {
  const secret = credentials[key];
  if (secret === undefined || secret === '')
    throw new CrmError(
      'connection',
      key === 'refreshToken'
        ? 'The refresh token is missing; enter it under CRM, Connections.'
        : 'The consumer secret is missing; enter it under CRM, Connections.',
    );
  return secret;
}

/** The sentence for an answer of the token endpoint (RFC 6749, 5.2). Its own description may quote what we sent. */
function whyNot(body: unknown, { signIn }: SalesforceSettings): string {
  const error = z.object({ error: z.string() }).safeParse(body).data?.error ?? '';
  switch (error) {
    case 'invalid_client_id':
    case 'invalid_client':
      return 'Salesforce does not know the consumer key or secret; enter both again under CRM, Connections.';
    case 'invalid_grant':
      return signIn === 'refresh_token'
        ? 'The refresh token is used up or was revoked; authorize the app again and enter the new token.'
        : 'The app has no user to run as; choose one under Policies of the external client app, Client Credentials Flow.';
    case 'unsupported_grant_type':
    case 'unauthorized_client':
      return 'The app may not sign in this way; enable the flow in the settings of the external client app.';
    default:
      return 'Salesforce does not let us sign in; check My Domain, consumer key and secret under CRM, Connections.';
  }
}
