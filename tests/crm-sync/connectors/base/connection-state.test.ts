import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createCredentialStore,
  credentialBox,
  sealCredentials,
} from '../../../../crm-sync/connectors/credentials.ts';
import { CrmError } from '../../../../crm-sync/connectors/crm-error.ts';
import { createRequestGate } from '../../../../crm-sync/connectors/http/request-gate.ts';
import { createRecordLinks } from '../../../../crm-sync/connectors/record-links.ts';
import { createSettableClock } from '../../../../platform/clock.ts';
import { createTestDatabase, type TestDatabase } from '../../../support/test-database.ts';

let db: TestDatabase;
const box = credentialBox({ secret: 'the secret of this deployment' });
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function connection(credentials?: Record<string, string>): Promise<string> {
  const { prisma } = db.database;
  const { id } = await prisma.connector.create({ data: { kind: 'played', name: randomUUID() } });
  if (credentials !== undefined)
    await prisma.connector.update({
      where: { id },
      data: { credentials: sealCredentials(box, id, credentials) },
    });
  return id;
}

test('credentials are kept sealed, and open for their own connection and secret only', async () => {
  const id = await connection({ token: 'a-very-secret-token' });
  expect(await createCredentialStore(db.database, box, id).read()).toEqual({ token: 'a-very-secret-token' });
  const { rows } = await db.database.pool.query(
    'select connector::text as row from connector where id = $1',
    [id],
  );
  expect(JSON.stringify(rows)).not.toContain('a-very-secret-token');
  expect(JSON.stringify(rows)).not.toContain(Buffer.from('a-very-secret-token').toString('hex'));

  const other = credentialBox({ secret: 'another secret of another deployment' });
  const unreadable = createCredentialStore(db.database, other, id).read();
  await expect(unreadable).rejects.toMatchObject({ kind: 'connection' });
  await expect(unreadable).rejects.toThrow(/another secret/);
  await expect(createCredentialStore(db.database, box, await connection()).read()).rejects.toThrow(
    /no credentials/,
  );
});

test('many renew at once: the CRM is asked once, and all get what it gave', async () => {
  const id = await connection({ refresh: 'one' });
  let asked = 0;
  const renewed = await Promise.all(
    Array.from({ length: 8 }, () =>
      createCredentialStore(db.database, box, id).renew({ refresh: 'one' }, async ({ refresh }) => {
        asked += 1;
        return { refresh: `${refresh} and ${asked}` };
      }),
    ),
  );
  expect(asked).toBe(1);
  expect(new Set(renewed.map(({ refresh }) => refresh))).toEqual(new Set(['one and 1']));
});

test('a renewal that fails changes nothing, and the next one may try', async () => {
  const id = await connection({ refresh: 'one' });
  const store = createCredentialStore(db.database, box, id);
  const failing = store.renew({ refresh: 'one' }, async () => {
    throw new CrmError('transient', 'Busy; again.');
  });
  await expect(failing).rejects.toMatchObject({ kind: 'transient' });
  expect(await store.renew({ refresh: 'one' }, async () => ({ refresh: 'two' }))).toEqual({ refresh: 'two' });
});

test('links are kept, moved, told both ways and forgotten', async () => {
  const links = createRecordLinks(db.database, await connection());
  const others = createRecordLinks(db.database, await connection());
  await links.keep([
    { objectType: 'account', externalKey: 'a', remoteId: '1' },
    { objectType: 'account', externalKey: 'b', remoteId: '2' },
    { objectType: 'contact', externalKey: 'a', remoteId: '9' },
  ]);
  // `b` was merged into what `a` is.
  await links.keep([
    { objectType: 'account', externalKey: 'b', remoteId: '2' },
    { objectType: 'account', externalKey: 'b', remoteId: '1' },
  ]);
  expect(await links.remoteIds('account', ['a', 'b', 'c'])).toEqual(
    new Map([
      ['a', '1'],
      ['b', '1'],
    ]),
  );
  expect(await links.externalKeys('account', ['1', '2'])).toEqual(new Map([['1', 'a']]));
  expect((await others.remoteIds('account', ['a'])).size).toBe(0);
  await links.forget('account', ['a']);
  expect(await links.externalKeys('account', ['1'])).toEqual(new Map([['1', 'b']]));
  expect(await links.remoteIds('contact', ['a'])).toEqual(new Map([['a', '9']]));
});

test('the gate spaces requests over all processes, and sends away who would wait too long', async () => {
  const clock = createSettableClock(new Date('2026-03-02T10:00:00Z'));
  const id = await connection();
  const gates = [1, 2].map(() =>
    createRequestGate({ database: db.database, clock }, { connectorId: id, requestsPerSecond: 1 }),
  );
  await gates[0]?.enter();
  const turn = async () =>
    (await db.database.prisma.connector.findUniqueOrThrow({ where: { id } })).nextRequestAt?.toISOString();
  expect(await turn()).toBe('2026-03-02T10:00:01.000Z');
  // As if two more were on their way already.
  await db.database.prisma.connector.update({
    where: { id },
    data: { nextRequestAt: new Date('2026-03-02T10:00:03Z') },
  });
  await expect(gates[1]?.enter()).rejects.toMatchObject({ kind: 'limit', retryAfterMs: 3000 });
  expect(await turn()).toBe('2026-03-02T10:00:03.000Z');
  clock.advance(3000);
  await gates[1]?.enter();
  expect(await turn()).toBe('2026-03-02T10:00:04.000Z');
});

test('of a CRM that counts over ten seconds some may come together after a rest, and no window holds too many', async () => {
  const clock = createSettableClock(new Date('2026-03-02T10:00:00Z'));
  const id = await connection();
  const gate = createRequestGate(
    { database: db.database, clock },
    { connectorId: id, requestsPerSecond: 10, windowSeconds: 10 },
  );
  let entered = 0;
  // Ten at once, without the clock moving; then each as soon as it is let in without waiting.
  for (let tick = 0; tick < 400; tick += 1) {
    const { nextRequestAt } = await db.database.prisma.connector.findUniqueOrThrow({ where: { id } });
    if (nextRequestAt === null || nextRequestAt <= clock.now()) {
      await gate.enter();
      entered += 1;
    } else if (clock.now().getTime() >= Date.parse('2026-03-02T10:00:09.990Z')) break;
    else clock.set(new Date(Math.min(nextRequestAt.getTime(), Date.parse('2026-03-02T10:00:09.990Z'))));
    if (tick === 10) expect(entered).toBe(10);
  }
  expect(entered).toBeGreaterThan(95);
  expect(entered).toBeLessThanOrEqual(100);
});

test('while a CRM wants to be left alone nobody enters; a shorter wish does not shorten a longer one', async () => {
  const clock = createSettableClock(new Date('2026-03-02T10:00:00Z'));
  const id = await connection();
  const gate = createRequestGate(
    { database: db.database, clock },
    { connectorId: id, requestsPerSecond: null },
  );
  await gate.enter();
  await gate.pause(new CrmError('limit', 'The day is used up; tomorrow.', { retryAfterMs: 60_000 }));
  await gate.pause(new CrmError('limit', 'Too fast; wait.', { retryAfterMs: 1_000 }));
  clock.advance(30_000);
  const held = gate.enter();
  await expect(held).rejects.toMatchObject({ kind: 'limit', retryAfterMs: 30_000 });
  await expect(held).rejects.toThrow('The day is used up; tomorrow.');
  clock.advance(30_001);
  await gate.enter();
});
