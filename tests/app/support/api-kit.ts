import type { FastifyInstance, InjectOptions } from 'fastify';
import { registerApi } from '../../../app/api/register-api.ts';
import { startSession } from '../../../platform/auth/session.ts';
import { buildHttp } from '../../../platform/http/build-http.ts';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { ADMIN_TOKEN, createTestPlatform, type TestPlatform } from './test-platform.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer {
  status: number;
  /** Of JSON; undefined where there is none. */
  body: unknown;
}

/** Sends a request as somebody and gives the answer. */
export type Send = (method: Method, url: string, body?: object) => Promise<Answer>;

export interface ApiKit extends TestPlatform {
  app: FastifyInstance;
  /** No session, no token. */
  stranger: Send;
  /** The bearer of DICTALINE_ADMIN_TOKEN. */
  automation: Send;
  /** Somebody signed in with these roles, as a browser: session cookie and CSRF token. */
  person(...roles: Role[]): Promise<Send & { id: string; email: string; withoutCsrf: Send }>;
}

/** The API on a real platform, asked without a network. */
export async function createApiKit(): Promise<ApiKit> {
  const kit = await createTestPlatform();
  const app = await buildHttp(kit.platform, {
    async people(people) {
      await registerApi(people, kit.platform);
      people.get<{ Params: { userId: string } }>('/test/session/:userId', async (request, reply) => {
        startSession(request, request.params.userId, 0);
        return { csrf: reply.generateCsrf() };
      });
    },
  });
  await app.ready();
  let people = 0;

  const sender =
    (headers: Record<string, string>): Send =>
    async (method, url, body) => {
      const options: InjectOptions = { method, url, headers };
      if (body !== undefined) options.payload = body;
      const reply = await app.inject(options);
      const isJson = String(reply.headers['content-type']).startsWith('application/json');
      return { status: reply.statusCode, body: isJson ? reply.json() : undefined };
    };

  return {
    ...kit,
    app,
    stranger: sender({}),
    automation: sender({ authorization: `Bearer ${ADMIN_TOKEN}` }),
    async person(...roles) {
      people += 1;
      const email = `person-${people}@example.com`;
      const { id } = await kit.platform.database.prisma.user.create({
        data: { email, name: `Person ${people}`, roles },
      });
      const reply = await app.inject(`/test/session/${id}`);
      const cookie = reply.cookies
        .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
        .join('; ');
      const { csrf } = reply.json<{ csrf: string }>();
      const send = sender({ cookie, 'x-csrf-token': csrf });
      return Object.assign(send, { id, email, withoutCsrf: sender({ cookie }) });
    },
    async close() {
      await app.close();
      await kit.close();
    },
  };
}
