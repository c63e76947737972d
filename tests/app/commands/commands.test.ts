import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runExport as runExportHere } from '../../../app/commands/export.ts';
import { runUserAdd } from '../../../app/commands/user-add.ts';
import { verifyPin } from '../../../platform/auth/pins.ts';
import { signIn } from '../../../platform/auth/sign-in.ts';
import { loadConfig } from '../../../platform/config.ts';
import { seedSome } from '../support/seed-some.ts';
import { createTestPlatform, type TestPlatform } from '../support/test-platform.ts';

interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

const ROOT = path.join(import.meta.dirname, '../../..');
const DICTALINE = ['scripts/run.mjs', 'app/dictaline.ts'].map((file) => path.join(ROOT, file));
/** A process with all its libraries, while others are busy. */
const PATIENCE_MS = 120_000;
let kit: TestPlatform;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  kit = await createTestPlatform();
  folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-commands-'));
  env = { PATH: process.env.PATH ?? '', DATABASE_URL: kit.databaseUrl, DATA_DIR: folder };
});
afterAll(async () => {
  await kit.close();
  await rm(folder, { recursive: true, force: true });
});

/** `npm run -s dictaline -- …`, without npm. */
function run(args: string[], more: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...DICTALINE, ...args],
      { env: { ...env, ...more }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const status = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
        resolve({ status, stdout, stderr });
      },
    );
  });
}

describe('user add', { timeout: PATIENCE_MS }, () => {
  test('adds a rep and prints the password and PIN that work', async () => {
    const added = await run([
      'user',
      'add',
      '--email',
      'Zoe@Example.com',
      '--name',
      'Zoe Lane',
      '--role',
      'rep,manager',
      '--phone',
      '+1 555 010 0777',
      '--short-number',
      '777',
    ]);
    expect(added).toMatchObject({ status: 0 });
    const user = await kit.platform.database.prisma.user.findUniqueOrThrow({
      where: { email: 'zoe@example.com' },
      include: { phones: true },
    });
    expect(user).toMatchObject({ name: 'Zoe Lane', shortNumber: '777', roles: ['rep', 'manager'] });
    expect(user.phones.map(({ number }) => number)).toEqual(['+15550100777']);
    const password = /Password: (\S+)/.exec(added.stdout)?.[1] ?? '';
    const pin = /PIN: (\d{6})/.exec(added.stdout)?.[1] ?? '';
    await signIn(kit.platform, { email: user.email, password, address: '127.0.0.1' });
    const { secret } = loadConfig({ DATA_DIR: folder, DATABASE_URL: kit.databaseUrl });
    expect(await verifyPin(secret, user.pinHash, pin)).toBe(true);
    expect(user.pinMustChange).toBe(true);

    const again = await run(['user', 'add', '--email', 'zoe@example.com', '--name', 'Zoe', '--role', 'rep']);
    expect(again).toMatchObject({ status: 1, stdout: '' });
    expect(again.stderr).toBe('Somebody already has this e-mail address.\n');
  });

  test('knows when something is missing or wrong', async () => {
    for (const args of [
      ['add', '--email', 'x'],
      ['remove', '--email', 'a@b.example', '--name', 'A', '--role', 'rep'],
      ['add', '--email', 'a@b.example', '--name', 'A', '--role', 'king'],
      ['add', '--unknown'],
    ])
      expect(await runUserAdd(args), args.join(' ')).toBe(2);
    expect(await kit.platform.database.prisma.user.count({ where: { email: 'a@b.example' } })).toBe(0);
  });
});

describe('migrate, seed', { timeout: PATIENCE_MS }, () => {
  test('migrate finds nothing to do', async () => {
    expect(await run(['migrate'])).toEqual({
      status: 0,
      stdout: 'The database is up to date.\n',
      stderr: '',
    });
  });

  test('seed refuses a database that people work in, and production', async () => {
    await kit.platform.database.prisma.user.create({ data: { email: 'ann@example.com', name: 'Ann' } });
    expect(await run(['seed'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('only for an empty one'),
    });
    const production = { NODE_ENV: 'production', DICTALINE_SECRET: 'x'.repeat(40) };
    expect(await run(['seed'], production)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not for production'),
    });
  });
});

describe('export', { timeout: PATIENCE_MS }, () => {
  let exported: TestPlatform;
  beforeAll(async () => {
    exported = await createTestPlatform();
    await seedSome(exported, ['A-002', 'A-010']);
  }, PATIENCE_MS);
  afterAll(() => exported.close());
  const runExport = (args: string[]) => run(['export', ...args], { DATABASE_URL: exported.databaseUrl });

  test('writes a JSON object a report, oldest first', async () => {
    const { status, stdout } = await runExport([]);
    expect(status).toBe(0);
    const reports = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reports).toHaveLength(2);
    expect(reports[0].finalizedAt < reports[1].finalizedAt).toBe(true);
    const priya = reports.find((report) => report.speaker.name === 'Priya Raman');
    expect(priya.units).toHaveLength(21);
    expect(priya.units[0].codes[0].code).toBe('admin');
    expect(priya.fields.map(({ display }: { display: string }) => display)).toContain('Arroyo Pump');
  });

  test('writes a CSV row a unit, into a file', async () => {
    const file = path.join(folder, 'units.csv');
    const done = await runExport(['--format', 'csv', '--out', file]);
    expect(done).toMatchObject({ status: 0, stdout: '' });
    const rows: Record<string, string>[] = parse(await readFile(file), { columns: true });
    expect(rows).toHaveLength(23 + 21);
    expect(rows.find(({ text }) => text?.includes('Arroyo'))?.fields).toContain(
      'new_competitor: Arroyo Pump',
    );
    const audit = await exported.platform.database.prisma.auditEntry.findMany({
      where: { action: 'reports.exported' },
    });
    expect(audit.at(-1)?.detail).toEqual({ format: 'csv', reports: 2 });
  });

  test('refuses a format that it does not know and a file that it cannot write', async () => {
    expect(await runExportHere(['--format', 'xml'])).toBe(2);
    const nowhere = await runExport(['--out', path.join(folder, 'no', 'such', 'folder.jsonl')]);
    expect(nowhere).toMatchObject({ status: 1, stderr: expect.stringContaining("can't be written") });
  });
});
