import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { dictate } from '../../ivr/simulator/dictate.ts';
import { createPhoneClient } from '../../ivr/simulator/phone-client.ts';
import { buildSmallCompany, firstDictation, LINE, REP_PHONE, REP_PIN } from '../e2e/small-company.ts';
import { freePort } from '../support/free-port.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createTestPlatform } from '../support/test-platform.ts';
import { until } from '../support/until.ts';

// Each starts a whole process, while other tests keep the machine busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const root = path.join(import.meta.dirname, '..', '..');
const SECRET = 'a secret of the test that all processes share';
const running = new Set<ChildProcess>();
let folder: string;
let db: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-processes-'));
  db = await createTestDatabase();
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  /** What it has written so far. */
  output(): string;
  ended: Promise<number | null>;
}

function start(command: string, env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'app/dictaline.ts', command], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: folder,
      DICTALINE_SECRET: SECRET,
      LOG_LEVEL: 'silent',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let written = '';
  child.stdout.on('data', (chunk) => {
    written += chunk;
  });
  child.stderr.on('data', (chunk) => {
    written += chunk;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (status) => {
      running.delete(child);
      resolve(status);
    });
  });
  return { child, output: () => written, ended };
}

const isReady = (port: number) => async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
  return answer?.status === 200;
};

describe('what keeps it from starting is one sentence, status 1 and no stack trace', () => {
  async function refusal(env: Record<string, string>): Promise<string> {
    const { output, ended } = start('serve', env);
    expect(await ended).toBe(1);
    expect(output()).not.toMatch(/^\s+at /m);
    return output().trim().split('\n').at(-1) ?? '';
  }

  test('a malformed setting', async () => {
    expect(await refusal({ PORT: 'three thousand' })).toMatch(/^PORT must be a whole number/);
  });

  test('a missing secret in production', async () => {
    expect(await refusal({ NODE_ENV: 'production', DICTALINE_SECRET: '' })).toMatch(
      /^DICTALINE_SECRET is missing/,
    );
  });

  test('a database that nobody answers for', async () => {
    const nobody = `postgresql://postgres:wrong@127.0.0.1:${await freePort()}/dictaline`;
    const said = await refusal({ DATABASE_URL: nobody, PORT: String(await freePort()) });
    expect(said).toMatch(/^The database of DATABASE_URL could not be used \(ECONNREFUSED\); check/);
    expect(said).not.toContain('wrong');
  });

  test('a bucket that nobody answers for', async () => {
    const said = await refusal({
      DATABASE_URL: db.url,
      PORT: String(await freePort()),
      S3_BUCKET: 'recordings',
      S3_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    expect(said).toMatch(/^The bucket of S3_BUCKET could not be used; check/);
  });

  test('a port in use', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    try {
      expect(await refusal({ DATABASE_URL: db.url, PORT: String(port) })).toMatch(
        new RegExp(`^Port ${port} is in use by another program; stop that one, or choose another`),
      );
    } finally {
      other.close();
    }
  });
});

test('a call answered by `web` is worked on by `worker`; both end with status 0 when told to', async () => {
  const [webPort, workerPort] = [await freePort(), await freePort()];
  const address = `http://127.0.0.1:${webPort}`;
  const shared = await createTestPlatform({ env: { DICTALINE_SECRET: SECRET } });
  await buildSmallCompany(shared.platform);
  const env = { DATABASE_URL: shared.databaseUrl, DATA_DIR: shared.platform.config.dataFolder };
  const carrier = { TWILIO_API_ORIGIN: address };
  const web = start('web', { ...env, ...carrier, PORT: String(webPort), PUBLIC_URL: address });
  await until(isReady(webPort), 'web to be ready', 60_000);
  const worker = start('worker', { ...env, ...carrier, PORT: String(workerPort) });
  await until(isReady(workerPort), 'the worker to be ready', 60_000);
  expect((await fetch(`http://127.0.0.1:${workerPort}/sign-in`)).status).toBe(404);

  const { audio } = await firstDictation();
  const call = { to: LINE, from: REP_PHONE, shortNumber: null, pin: REP_PIN, audio, keys: [] };
  expect(await dictate(createPhoneClient(address), call, () => {})).toMatch(/^\d{7}$/);
  const { prisma } = shared.platform.database;
  await until(() => prisma.job.findFirst({ where: { status: 'waiting' } }), 'the job to be ready', 60_000);
  expect(await prisma.recording.findFirst()).toMatchObject({ status: 'verified' });

  for (const { child } of [web, worker]) child.kill('SIGTERM');
  expect(await Promise.all([web.ended, worker.ended])).toEqual([0, 0]);

  // It answers before it works: whoever replaces it at that moment must not find it working on for ever.
  const hasty = start('worker', { ...env, ...carrier, PORT: String(workerPort) });
  await until(isReady(workerPort), 'the worker to answer again', 60_000);
  hasty.child.kill('SIGTERM');
  expect(await hasty.ended).toBe(0);
  await shared.close();
  // Each wait has a deadline of its own, told by name; this is their sum.
}, 240_000);
