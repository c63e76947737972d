import { z } from 'zod';
import { StartupError } from '../../platform/errors.ts';

/** Somebody signed in at a running server, as a browser is: session cookie and CSRF token. */
export interface ServerClient {
  get<T>(url: string, shape: z.ZodType<T>): Promise<T>;
  post<T>(url: string, body: object, shape: z.ZodType<T>): Promise<T>;
  put<T>(url: string, body: object, shape: z.ZodType<T>): Promise<T>;
}

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const CSRF = /<meta name="csrf-token" content="([^"]+)">/;

/** Resolves when a server answers; throws StartupError with a sentence otherwise. */
export async function requireServer(server: string): Promise<void> {
  const answer = await fetch(`${server}/healthz`).catch(() => null);
  const alive = answer?.ok && z.object({ status: z.literal('alive') }).safeParse(await answer.json()).success;
  if (!alive)
    throw new StartupError(
      `No Dictaline answers at ${server}; start it with \`npm start\` in another window, or name it with --server.`,
    );
}

/** Signs somebody in through the sign-in page. Throws StartupError with the server's own words when refused. */
export async function signInAt(
  server: string,
  { email, password }: { email: string; password: string },
): Promise<ServerClient> {
  const jar = new Map<string, string>();

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(server + url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return response;
  }
  async function tokenOf(url: string): Promise<string> {
    const page = await (await send(url, { headers: { accept: 'text/html' } })).text();
    const token = CSRF.exec(page)?.[1];
    if (token === undefined)
      throw new StartupError(`The page ${url} of the server is not one of Dictaline's.`);
    return token;
  }

  const form = new URLSearchParams({ _csrf: await tokenOf('/sign-in'), email, password });
  const answer = await send('/sign-in', { method: 'POST', body: form });
  if (answer.status !== 303)
    throw new StartupError(
      `${email} could not sign in (status ${answer.status}); the demo needs the people of the demo company as they were made.`,
    );
  const home = answer.headers.get('location') ?? '/';
  const csrf = await tokenOf(home);

  async function ask<T>(
    method: string,
    url: string,
    body: object | undefined,
    shape: z.ZodType<T>,
  ): Promise<T> {
    const headers = { 'x-csrf-token': csrf, ...(body && { 'content-type': 'application/json' }) };
    const response = await send(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const content: unknown = response.status === 204 ? undefined : await response.json();
    if (response.ok) return shape.parse(content);
    const told = errorBody.safeParse(content);
    throw new StartupError(
      told.success
        ? told.data.error.message
        : `The server answered ${method} ${url} with status ${response.status}.`,
    );
  }
  return {
    get: (url, shape) => ask('GET', url, undefined, shape),
    post: (url, body, shape) => ask('POST', url, body, shape),
    put: (url, body, shape) => ask('PUT', url, body, shape),
  };
}
