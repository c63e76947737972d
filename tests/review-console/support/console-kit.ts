import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { registerApi } from '../../../app/api/register-api.ts';
import { createConsoleJoints } from '../../../app/console-joints.ts';
import type { ConnectorKind } from '../../../crm-sync/connectors/connector-kind.ts';
import { playPrompt } from '../../../ivr/prompts/recorded/play-prompt.ts';
import { createSettableClock, type SettableClock } from '../../../platform/clock.ts';
import { buildHttp } from '../../../platform/http/build-http.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { registerConsole } from '../../../review-console/register-console.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildCompany, type Company, idOf, PASSWORD } from './company.ts';
import { countAndDeliver } from './deliver.ts';

/** A Wednesday afternoon in Chicago, where the company's people live. */
export const NOW = new Date('2026-11-18T20:00:00Z');

export interface ConsoleKit extends TestPlatform {
  app: FastifyInstance;
  clock: SettableClock;
  company: Company;
  /** Every route that the console registered, as `GET /today`. */
  routes: string[];
  /** Somebody who is signed in. */
  as(role: Role): Promise<Client>;
  stranger(): Client;
}

export interface ConsoleKitOptions {
  reports?: number;
  /** Also counts the reports and delivers them to the built-in CRM. */
  deliver?: boolean;
  /** What can be connected, instead of the real kinds. */
  connectorKinds?: readonly ConnectorKind[];
  /** Where the bundles are, for tests with a browser. */
  assetsFolder?: string;
}

/** Screens and API over a database of their own with a company in it; not listening, for `inject`. */
export async function createConsoleKit(options: ConsoleKitOptions = {}): Promise<ConsoleKit> {
  const clock = createSettableClock(NOW);
  const test = await createTestPlatform({ clock });
  const { platform } = test;
  const company = await buildCompany(platform.database, { now: NOW, reports: options.reports ?? 6 });
  if (options.deliver) await countAndDeliver(platform, company.reportIds);
  const empty = await mkdtemp(path.join(os.tmpdir(), 'dictaline-no-assets-'));
  const routes: string[] = [];
  const app = await buildConsole(
    platform,
    { ...options, assetsFolder: options.assetsFolder ?? empty },
    routes,
  );
  const clients = new Map<Role, Promise<Client>>();
  return {
    ...test,
    app,
    clock,
    company,
    routes,
    as(role) {
      const known = clients.get(role) ?? signIn(app, company.emails[role]);
      clients.set(role, known);
      return known;
    },
    stranger: () => new Client(app),
    async close() {
      await app.close();
      await rm(empty, { recursive: true, force: true });
      await test.close();
    },
  };
}

async function buildConsole(
  platform: Platform,
  { assetsFolder = '', connectorKinds }: ConsoleKitOptions,
  routes: string[],
): Promise<FastifyInstance> {
  const app = await buildHttp(platform, {
    async signed(phone) {
      await phone.register(playPrompt, platform);
    },
    async people(people) {
      await registerApi(people, platform);
      people.addHook('onRoute', ({ method, url }) => {
        for (const each of [method].flat()) if (each !== 'HEAD') routes.push(`${each} ${url}`);
      });
      await registerConsole(people, platform, {
        assetsFolder,
        ...createConsoleJoints(platform),
        ...(connectorKinds && { connectorKinds }),
      });
    },
  });
  await app.ready();
  return app;
}

/** Somebody of a company, signed in with PASSWORD. */
export async function signIn(app: FastifyInstance, email: string): Promise<Client> {
  const client = new Client(app);
  const answer = await client.post('/sign-in', { email, password: PASSWORD });
  if (answer.statusCode !== 303) throw new Error(`${email} could not sign in: ${answer.statusCode}`);
  return client;
}

/** What a browser is to a server: keeps cookies, asks for HTML, sends the form's token. */
export class Client {
  readonly #app: FastifyInstance;
  readonly #cookies = new Map<string, string>();
  #knownToken: string | null = null;

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(await this.#app.inject({ url, headers: { ...this.#headers(), ...headers } }));
  }

  /** As a form, with the token of a page of ours; `_csrf: ''` leaves it out. */
  async post(url: string, fields: Record<string, string | string[]> = {}): Promise<LightMyRequestResponse> {
    const body = new URLSearchParams();
    const all = { _csrf: await this.#token(), ...fields };
    for (const [name, value] of Object.entries(all))
      for (const each of [value].flat()) body.append(name, each);
    return this.#keep(
      await this.#app.inject({
        method: 'POST',
        url,
        headers: { ...this.#headers(), 'content-type': 'application/x-www-form-urlencoded' },
        payload: body.toString(),
      }),
    );
  }

  async #token(): Promise<string> {
    if (this.#knownToken !== null) return this.#knownToken;
    const page = await this.get('/sign-in');
    const html = page.statusCode === 303 ? (await this.get('/welcome')).body : page.body;
    this.#knownToken = /name="csrf-token" content="([^"]+)"/.exec(html)?.[1] ?? null;
    return this.#knownToken ?? '';
  }

  /** For a browser's context: whoever it is here is then signed in there as well. */
  cookiesFor(url: string): { name: string; value: string; url: string; httpOnly: true; sameSite: 'Lax' }[] {
    return [...this.#cookies].map(([name, value]) => ({
      name,
      value: encodeURIComponent(value),
      url,
      httpOnly: true,
      sameSite: 'Lax',
    }));
  }

  /** For requests that don't go through `inject`. */
  cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
  }

  #headers(): Record<string, string> {
    const cookie = this.cookieHeader();
    return { accept: 'text/html,application/xhtml+xml', ...(cookie && { cookie }) };
  }

  #keep(answer: LightMyRequestResponse): LightMyRequestResponse {
    for (const { name, value } of answer.cookies) {
      // The token belongs to the session.
      if (this.#cookies.get(name) !== value) this.#knownToken = null;
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

export { idOf };
