import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../../app/build-app.ts';
import { runDemo } from '../../../app/demo/run-demo.ts';
import { startWorkers } from '../../../app/start-workers.ts';
import { systemClock } from '../../../platform/clock.ts';
import { freePort } from '../../support/free-port.ts';
import { seedSome } from '../support/seed-some.ts';
import { createTestPlatform, type TestPlatform } from '../support/test-platform.ts';

const PATIENCE_MS = 180_000;
let kit: TestPlatform;
let app: FastifyInstance;
let server: string;

beforeAll(async () => {
  const port = await freePort();
  server = `http://127.0.0.1:${port}`;
  kit = await createTestPlatform({ PORT: String(port), PUBLIC_URL: server });
  const platform = { ...kit.platform, clock: systemClock };
  await seedSome(kit, []);
  app = await buildApp(platform);
  await app.listen({ port, host: '127.0.0.1' });
  await startWorkers(platform);
}, PATIENCE_MS);
afterAll(async () => {
  await app.close();
  await kit.close();
});

describe('npm run demo', { timeout: PATIENCE_MS }, () => {
  test('plays the chain from the call to the answer that is heard', async () => {
    expect(await runDemo(['--server', server, '--typing-seconds', '0'])).toBe(0);
    const { prisma } = kit.platform.database;
    const reports = await prisma.report.findMany({
      include: { account: true, units: true, replies: { include: { hearings: true } }, reads: true },
      orderBy: { finalizedAt: 'asc' },
    });
    expect(reports).toHaveLength(2);
    expect(reports[0]).toMatchObject({ account: { externalId: 'a01' }, stage: 'won' });
    expect(reports[0]?.units).toHaveLength(15);
    expect(reports[0]?.reads).toHaveLength(1);
    expect(reports[0]?.replies.map(({ hearings }) => hearings.length)).toEqual([1]);
    expect(await prisma.syncEntry.count({ where: { status: 'written' } })).toBeGreaterThan(5);
    expect(await prisma.recording.count({ where: { status: 'verified' } })).toBe(2);
  });
});

describe('without a server', () => {
  test('it says so in a sentence', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    await expect(runDemo(['--server', nowhere])).rejects.toThrow(/No Dictaline answers at .*npm start/);
  });

  test('options that it does not know are refused', async () => {
    expect(await runDemo(['--speed', '3'])).toBe(2);
    expect(await runDemo(['--server', 'nonsense'])).toBe(2);
  });
});
