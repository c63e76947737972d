import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyPin } from '../../../platform/auth/pins.ts';
import { signIn } from '../../../platform/auth/sign-in.ts';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

const person = {
  email: 'Zoe.Lane@Example.com',
  name: 'Zoe Lane',
  roles: ['rep'],
  password: 'a long enough password',
  pin: '714025',
  shortNumber: '777',
  phones: ['+1 602 555 0134', '(602) 555-0134'],
};

describe('users', () => {
  test('a stranger gets nothing and changes nothing', async () => {
    const before = await kit.platform.database.prisma.user.count();
    expect((await kit.stranger('GET', '/api/v1/users')).status).toBe(401);
    expect((await kit.stranger('POST', '/api/v1/users', person)).status).toBe(401);
    expect(await kit.platform.database.prisma.user.count()).toBe(before);
  });

  test('are for administrators', async () => {
    const manager = await kit.person('manager', 'transcriptionist', 'rep', 'proposal_manager');
    expect((await manager('GET', '/api/v1/users')).status).toBe(403);
    expect((await manager('POST', '/api/v1/users', person)).status).toBe(403);
    const administrator = await kit.person('administrator');
    expect((await administrator('GET', '/api/v1/users')).status).toBe(200);
  });

  test('are added with password, PIN and phones that work, and never shown', async () => {
    const { platform, automation } = kit;
    const { status, body } = await automation('POST', '/api/v1/users', person);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      email: 'zoe.lane@example.com',
      phones: ['+16025550134'],
      hasPassword: true,
      hasPin: true,
      active: true,
    });
    expect(JSON.stringify(body)).not.toMatch(/argon2|714025|long enough/);
    await signIn(platform, { email: person.email, password: person.password, address: '127.0.0.1' });
    const { id } = body as { id: string };
    const row = await platform.database.prisma.user.findUniqueOrThrow({ where: { id } });
    expect(await verifyPin(platform.config.secret, row.pinHash, person.pin)).toBe(true);
    expect((await automation('GET', `/api/v1/users/${id}`)).body).toEqual(body);
    expect((await automation('GET', '/api/v1/users?email=zoe.lane@example.com')).body).toMatchObject({
      users: [{ id }],
      nextCursor: null,
    });
    const audit = await platform.database.prisma.auditEntry.findFirstOrThrow({ where: { subjectId: id } });
    expect(audit).toMatchObject({
      action: 'user.created',
      detail: { fields: expect.arrayContaining(['pin']) },
    });
    expect(JSON.stringify(audit.detail)).not.toContain(person.pin);
  });

  test('that would take what is somebody else’s are refused in words', async () => {
    for (const [change, words] of [
      [{}, 'e-mail'],
      [{ email: 'b@example.com' }, 'short number'],
      [{ email: 'b@example.com', shortNumber: '778' }, 'phone'],
    ] as const) {
      const { status, body } = await kit.automation('POST', '/api/v1/users', { ...person, ...change });
      expect(status).toBe(409);
      expect(body).toMatchObject({ error: { code: 'conflict', message: expect.stringContaining(words) } });
    }
    for (const wrong of [
      { pin: '12' },
      { pin: '7302' },
      { pin: '345678' },
      { pin: '990134', phones: ['+1 602 555 0134'] },
      { pin: '12a4' },
      { password: 'short' },
      { phones: ['12'] },
      { roles: ['king'] },
      { managerId: randomUUID() },
    ]) {
      const { status, body } = await kit.automation('POST', '/api/v1/users', {
        ...person,
        email: 'c@example.com',
        shortNumber: null,
        phones: [],
        ...wrong,
      });
      expect(status, JSON.stringify(wrong)).toBe(400);
      // The answer tells what is wrong, and no digit of it.
      if ('pin' in wrong) expect(JSON.stringify(body)).not.toContain(wrong.pin);
    }
    expect(
      await kit.platform.database.prisma.user.count({
        where: { email: { in: ['b@example.com', 'c@example.com'] } },
      }),
    ).toBe(0);
  });

  test('change as far as is said; a new password ends sessions, null takes the PIN away', async () => {
    const { prisma } = kit.platform.database;
    const { id } = await prisma.user.findUniqueOrThrow({ where: { email: 'zoe.lane@example.com' } });
    const url = `/api/v1/users/${id}`;
    const changed = await kit.automation('PATCH', url, {
      region: 'West',
      phones: ['+16025550199', '+16025550134'],
    });
    expect(changed.body).toMatchObject({
      region: 'West',
      name: 'Zoe Lane',
      hasPin: true,
      phones: ['+16025550134', '+16025550199'],
    });
    expect(
      (await kit.automation('PATCH', url, { pin: null, password: 'another long password' })).body,
    ).toMatchObject({ hasPin: false });
    expect(await prisma.user.findUnique({ where: { id } })).toMatchObject({ sessionEpoch: 1 });
    expect((await kit.automation('PATCH', url, { active: false })).body).toMatchObject({ active: false });
    expect((await kit.automation('PATCH', `/api/v1/users/${randomUUID()}`, {})).status).toBe(404);
  });

  test('are issued a PIN, in the answer and nowhere else, to be changed with the first call', async () => {
    const { platform } = kit;
    const { prisma } = platform.database;
    const { id } = await prisma.user.findUniqueOrThrow({ where: { email: 'zoe.lane@example.com' } });
    const url = `/api/v1/users/${id}/pin`;
    expect((await kit.stranger('POST', url)).status).toBe(401);
    expect((await (await kit.person('manager'))('POST', url)).status).toBe(403);
    expect((await kit.automation('POST', `/api/v1/users/${randomUUID()}/pin`)).status).toBe(404);
    expect((await prisma.user.findUniqueOrThrow({ where: { id } })).pinHash).toBeNull();

    const { status, body } = await kit.automation('POST', url);
    const { pin } = body as { pin: string };
    expect([status, pin]).toEqual([201, expect.stringMatching(/^\d{6}$/)]);
    const row = await prisma.user.findUniqueOrThrow({ where: { id } });
    expect(await verifyPin(platform.config.secret, row.pinHash, pin)).toBe(true);
    const user = await kit.automation('GET', `/api/v1/users/${id}`);
    expect(user.body).toMatchObject({ hasPin: true, pinMustChange: true });
    expect(JSON.stringify(user.body)).not.toContain(pin);
    const audit = await prisma.auditEntry.findFirstOrThrow({ where: { action: 'user.pin_issued' } });
    expect(audit).toMatchObject({ subjectId: id, detail: {} });

    const given = await kit.automation('PATCH', `/api/v1/users/${id}`, { pin: '730259' });
    expect(given.body).toMatchObject({ hasPin: true, pinMustChange: false });
  });

  test('do not include the identity of the token, and nobody can change it', async () => {
    const { body } = await kit.automation('GET', '/api/v1/users?limit=200');
    expect(JSON.stringify(body)).not.toContain('Automation');
    const { id } = await kit.platform.database.prisma.user.findFirstOrThrow({ where: { system: true } });
    expect((await kit.automation('PATCH', `/api/v1/users/${id}`, { name: 'x' })).status).toBe(404);
  });
});

describe('lines', () => {
  const line = { number: '+1 555 010 0900', purpose: 'report', name: 'Reports' };

  test('a stranger gets nothing and changes nothing', async () => {
    expect((await kit.stranger('GET', '/api/v1/lines')).status).toBe(401);
    expect((await kit.stranger('POST', '/api/v1/lines', line)).status).toBe(401);
    expect(await kit.platform.database.prisma.line.count()).toBe(0);
  });

  test('are added once a number and changed by administrators, listed for managers', async () => {
    const added = await kit.automation('POST', '/api/v1/lines', line);
    expect(added).toMatchObject({
      status: 201,
      body: { number: '+15550100900', turnaroundMinutes: 240, active: true },
    });
    expect((await kit.automation('POST', '/api/v1/lines', line)).status).toBe(409);
    expect((await kit.automation('POST', '/api/v1/lines', { ...line, number: 'x' })).status).toBe(400);
    expect(
      (
        await kit.automation('POST', '/api/v1/lines', {
          ...line,
          number: '+15550100901',
          surveyId: randomUUID(),
        })
      ).status,
    ).toBe(400);
    const { id } = added.body as { id: string };
    expect(
      (await kit.automation('PATCH', `/api/v1/lines/${id}`, { turnaroundMinutes: 60 })).body,
    ).toMatchObject({ turnaroundMinutes: 60, name: 'Reports' });
    expect((await kit.automation('PATCH', `/api/v1/lines/${randomUUID()}`, {})).status).toBe(404);
    const manager = await kit.person('manager');
    expect((await manager('GET', '/api/v1/lines')).body).toMatchObject({ lines: [{ id }], nextCursor: null });
    expect((await manager('PATCH', `/api/v1/lines/${id}`, { active: false })).status).toBe(403);
  });
});
