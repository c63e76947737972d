import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../platform/embedded-postgres/embedded-postgres.ts';
import { StartupError } from '../../../platform/errors.ts';
import { quickestFolder } from '../../support/quickest-folder.ts';
import { until } from '../../support/until.ts';

let folder: string;
const running: EmbeddedPostgres[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(await quickestFolder(), 'dictaline-embedded-'));
});
afterEach(async () => {
  const started = running.splice(0);
  // Several may be servers of one folder, of which only the last one runs: none is removed under a live one.
  for (const postgres of started) await postgres.stop();
  for (const postgres of started) await postgres.remove();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: { onLost?: (error: Error) => void; say?: (sentence: string) => void } = {}) {
  const postgres = await startEmbeddedPostgres({ folder, durable: false, maxConnections: 20, ...options });
  running.push(postgres);
  return postgres;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const RUN = path.join(import.meta.dirname, '../../../scripts/run.mjs');

async function holdInAnotherProcess(): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, 'hold-cluster.ts');
  const child = spawn(process.execPath, [RUN, script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('keeps its data from one start to the next', async () => {
  const first = await start();
  expect(first.origin).toBe('started');
  await query(first.url, `create table kept as select 'é' as word`);
  await first.stop();
  await first.stop();
  const second = await start();
  expect(second.origin).toBe('started');
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'é' }]);
});

test('takes over the server of a process that was killed', async () => {
  const child = await holdInAnotherProcess();
  const left = await findEmbeddedPostgres(folder);
  await kill(child);
  const postgres = await start();
  expect(postgres.origin).toBe('taken over');
  expect(postgres.url).toBe(left?.url);
  await query(postgres.url, 'create table works (id int)');
  await postgres.stop();
  await expect(query(postgres.url, 'select 1')).rejects.toThrow();
});

test('refuses a folder that another live process holds, and names the process', async () => {
  const child = await holdInAnotherProcess();
  const refusal = await start().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StartupError);
  expect(String(refusal)).toContain(`(process ${child.pid})`);
  await kill(child);
  await start();
});

test('of two first starts at once, one gets the folder and the other is told', async () => {
  const results = await Promise.allSettled([start(), start()]);
  const refusals = results.filter((result) => result.status === 'rejected');
  expect(refusals).toHaveLength(1);
  expect(refusals[0]?.reason).toBeInstanceOf(StartupError);
});

test('starts although its process number went to another program after a restart of the machine', async () => {
  const first = await start();
  await first.stop();
  const cluster = path.join(folder, 'cluster');
  // The number is this test's own, the port one that nobody listens on.
  const stale = [process.pid, cluster, 1_700_000_000, 1, '', '127.0.0.1', '  1234  1', 'ready'].join('\n');
  await writeFile(path.join(cluster, 'postmaster.pid'), stale);
  expect((await start()).origin).toBe('started');
});

test('tells when the server ends by itself, and not when it is stopped', async () => {
  const lost: Error[] = [];
  const first = await start({ onLost: (error) => lost.push(error) });
  await first.stop();
  expect(lost).toEqual([]);
  await start({ onLost: (error) => lost.push(error) });
  const [processId] = (await readFile(path.join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(processId), 'SIGQUIT');
  await until(() => lost.length === 1, 'the loss to be told');
});

test('another command finds the running server, and nothing when there is none', async () => {
  expect(await findEmbeddedPostgres(folder)).toBeUndefined();
  const postgres = await start();
  expect(await findEmbeddedPostgres(folder)).toEqual({ url: postgres.url });
  await postgres.stop();
  expect(await findEmbeddedPostgres(folder)).toBeUndefined();
});

test('a half-made cluster of a killed first start is no obstacle', async () => {
  await mkdir(path.join(folder, 'cluster.b8c1'), { recursive: true });
  await writeFile(path.join(folder, 'cluster.b8c1', 'PG_VERSION'), '18');
  expect((await start()).origin).toBe('started');
});

test('works in a folder that other users can not enter, and tells where the database went', async () => {
  const closed = folder;
  folder = path.join(closed, 'postgres');
  await chmod(closed, 0o700);
  const said: string[] = [];
  const postgres = await start({ say: (sentence) => said.push(sentence) });
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  // Only root runs PostgreSQL as somebody else, who then can't enter.
  const moved = process.getuid?.() === 0;
  expect(existsSync(path.join(folder, 'cluster'))).toBe(!moved);
  expect(said.filter((sentence) => sentence.includes('is kept in'))).toHaveLength(moved ? 1 : 0);
  await postgres.stop();
  expect((await start()).origin).toBe('started');
});

test('its log and its password are for the owner alone', async () => {
  const { url } = await start();
  await query(url, `create table secrets (word text unique)`);
  await query(url, `insert into secrets values ('something said on the phone')`);
  await expect(query(url, `insert into secrets values ('something said on the phone')`)).rejects.toThrow();
  await expect(query(url, `select 'something said on the phone' || nothing`)).rejects.toThrow();
  expect(await readFile(path.join(folder, 'postgres.log'), 'utf8')).not.toContain('said on the phone');
});
