import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../../platform/auth/passwords.ts';
import { requireCsrf, requireRole, userOf } from '../../../platform/auth/require-role.ts';
import { endSession, startSession } from '../../../platform/auth/session.ts';
import { signIn } from '../../../platform/auth/sign-in.ts';
import { NotFound, TooManyRequests } from '../../../platform/errors.ts';
import { buildHttp } from '../../../platform/http/build-http.ts';
import { createTestPlatform, TEST_ADMIN_TOKEN, type TestPlatform } from '../../support/test-platform.ts';

const PASSWORD = 'a password of the test';

/** A browser that keeps its cookie. */
class Visitor {
  cookie = '';
  readonly app: FastifyInstance;
  constructor(app: FastifyInstance) {
    this.app = app;
  }
  async send(method: 'GET' | 'POST', url: string, payload?: object, headers: Record<string, string> = {}) {
    const answer = await this.app.inject({
      method,
      url,
      ...(payload && { payload }),
      headers: { ...(this.cookie && { cookie: this.cookie }), ...headers },
    });
    const set = answer.headers['set-cookie'];
    const first = Array.isArray(set) ? set[0] : set;
    if (first) this.cookie = first.split(';')[0] ?? '';
    return answer;
  }
  async csrf(): Promise<string> {
    return (await this.send('GET', '/csrf')).json().token;
  }
  async signIn(email: string, password: string) {
    return this.send('POST', '/session', { email, password }, { 'x-csrf-token': await this.csrf() });
  }
}

describe('the web server', () => {
  let test_: TestPlatform;
  let app: FastifyInstance;
  let changed = 0;

  beforeAll(async () => {
    test_ = await createTestPlatform();
    const { platform } = test_;
    app = await buildHttp(platform, {
      people(people) {
        people.get('/csrf', async (_request, reply) => ({ token: reply.generateCsrf() }));
        people.post<{ Body: { email: string; password: string } }>(
          '/session',
          { preHandler: requireCsrf },
          async (request) => {
            const found = await signIn(platform, { ...request.body, address: request.ip });
            startSession(request, found.user.id, found.sessionEpoch);
            return { signedIn: true };
          },
        );
        people.post('/leave', { preHandler: requireRole() }, async (request) => {
          endSession(request);
          return {};
        });
        people.get('/managers', { preHandler: requireRole('manager') }, async (request) => ({
          name: userOf(request).name,
        }));
        people.post('/managers', { preHandler: requireRole('manager') }, async () => {
          changed++;
          return { changed };
        });
        people.get('/boom', async () => {
          throw new Error('secret inside of the log only');
        });
        people.get('/gone', async () => {
          throw new NotFound('no such thing', { userMessage: 'It is gone.' });
        });
        people.get('/slow-down', async () => {
          throw new TooManyRequests('slowed', { retryAfterSeconds: 7 });
        });
      },
      signed(signed) {
        signed.get('/signed', async (request) => ({ hasSession: 'session' in request }));
        signed.get('/signed/gone', async () => {
          throw new NotFound('no such thing', { userMessage: 'It is gone.' });
        });
      },
    });
    const passwordHash = await hashPassword(PASSWORD);
    await platform.database.prisma.user.createMany({
      data: [
        { email: 'nora@example.com', name: 'Nora', roles: ['manager'], passwordHash },
        { email: 'tom@example.com', name: 'Tom', roles: ['transcriptionist'], passwordHash },
        { email: 'gone@example.com', name: 'Gone', roles: ['manager'], passwordHash, active: false },
      ],
    });
    await app.ready();
  });
  afterAll(async () => {
    await app.close();
    await test_.close();
  });

  test('a stranger gets nothing', async () => {
    const visitor = new Visitor(app);
    expect((await visitor.send('GET', '/managers')).statusCode).toBe(401);
    expect((await visitor.send('POST', '/managers', {})).statusCode).toBe(401);
    const page = await visitor.send('GET', '/managers', undefined, { accept: 'text/html' });
    expect(page.statusCode).toBe(303);
    expect(page.headers.location).toBe('/sign-in?next=%2Fmanagers');
    expect(changed).toBe(0);
  });

  test('a wrong role is refused, the right one let in, and changes need the CSRF token', async () => {
    const tom = new Visitor(app);
    expect((await tom.signIn('tom@example.com', PASSWORD)).statusCode).toBe(200);
    expect((await tom.send('GET', '/managers')).statusCode).toBe(403);

    const nora = new Visitor(app);
    await nora.signIn(' Nora@Example.com', PASSWORD);
    expect((await nora.send('GET', '/managers')).json()).toEqual({ name: 'Nora' });
    expect((await nora.send('POST', '/managers', {})).statusCode).toBe(403);
    expect((await nora.send('POST', '/managers', {}, { 'x-csrf-token': 'forged' })).statusCode).toBe(403);
    expect(changed).toBe(0);
    const token = await nora.csrf();
    expect((await nora.send('POST', '/managers', {}, { 'x-csrf-token': token })).statusCode).toBe(200);
    expect((await nora.send('POST', '/managers', { _csrf: token })).statusCode).toBe(200);
    expect(changed).toBe(2);
    await nora.send('POST', '/leave', {}, { 'x-csrf-token': token });
    expect((await nora.send('GET', '/managers')).statusCode).toBe(401);
  });

  test('unknown, wrong and deactivated look the same', async () => {
    const visitor = new Visitor(app);
    const answers = [
      await visitor.signIn('nobody@example.com', PASSWORD),
      await visitor.signIn('nora@example.com', 'not the password'),
      await visitor.signIn('gone@example.com', PASSWORD),
    ];
    expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 401]);
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
  });

  test('guessing is slowed for the person, also with the right password', async () => {
    const visitor = new Visitor(app);
    for (let index = 0; index < 6; index++) await visitor.signIn('tom@example.com', `guess ${index}`);
    const answer = await visitor.signIn('tom@example.com', PASSWORD);
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await visitor.signIn('nora@example.com', PASSWORD)).statusCode).toBe(200);
  });

  test('ending all sessions of a user ends them at once', async () => {
    const nora = new Visitor(app);
    await nora.signIn('nora@example.com', PASSWORD);
    expect((await nora.send('GET', '/managers')).statusCode).toBe(200);
    await test_.platform.database.prisma.user.update({
      where: { email: 'nora@example.com' },
      data: { sessionEpoch: { increment: 1 } },
    });
    expect((await nora.send('GET', '/managers')).statusCode).toBe(401);
  });

  test('the API token acts as Automation without CSRF; a wrong one is a stranger', async () => {
    const withToken = (token: string) =>
      app.inject({ url: '/managers', headers: { authorization: `Bearer ${token}` } });
    expect((await withToken(TEST_ADMIN_TOKEN)).json()).toEqual({ name: 'Automation' });
    expect((await withToken(`${TEST_ADMIN_TOKEN}x`)).statusCode).toBe(401);
    expect((await new Visitor(app).signIn('automation@dictaline.invalid', TEST_ADMIN_TOKEN)).statusCode).toBe(
      401,
    );
  });

  test('errors tell the person and not the inside', async () => {
    expect((await app.inject('/gone')).json()).toEqual({
      error: { code: 'not_found', message: 'It is gone.' },
    });
    const inside = await app.inject('/boom');
    expect(inside.statusCode).toBe(500);
    expect(inside.body).not.toContain('secret inside');
    expect((await app.inject('/slow-down')).headers['retry-after']).toBe('7');
    const nowhere = await app.inject('/nowhere');
    expect(nowhere.json().error.code).toBe('not_found');
    expect(nowhere.headers['content-security-policy']).toContain("script-src 'self'");
  });

  test('security headers allow only our own scripts and styles', async () => {
    const { headers } = await app.inject('/healthz');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('routes of programs that sign have no session and no headers for browsers, but the same errors', async () => {
    const visitor = new Visitor(app);
    await visitor.signIn('nora@example.com', PASSWORD);
    const answer = await visitor.send('GET', '/signed');
    expect(answer.json()).toEqual({ hasSession: false });
    expect(Object.keys(answer.headers).sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'date',
    ]);
    expect((await app.inject('/signed/gone')).json().error.message).toBe('It is gone.');
  });

  test('alive, ready, measured', async () => {
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    expect((await app.inject('/readyz')).json()).toEqual({
      status: 'ready',
      database: true,
      queue: true,
      storage: true,
    });
    expect((await app.inject('/metrics')).statusCode).toBe(200);
  });
});

test('stopping answers what is under way, and what comes on an open connection before it is closed', async () => {
  const made = await createTestPlatform();
  const app = await buildHttp(made.platform);
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    app.post('/slow', async () => {
      resolve();
      await held;
      return { answered: true };
    });
  });
  app.get('/quick', async () => ({ answered: true }));
  // A call that is under way while the server stops: the carrier asks once more.
  let duringStop: Response | undefined;
  app.addHook('preClose', async () => {
    duringStop = await fetch(`${address}/quick`);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const bound = app.server.address();
  const address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  const slow = fetch(`${address}/slow`, { method: 'POST' });
  await arrived;
  const closed = app.close();
  release();
  expect((await slow).status).toBe(200);
  await closed;
  expect(duringStop?.status).toBe(200);
  await made.close();
});
