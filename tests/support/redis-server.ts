import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import type { Requirement } from './describe-with.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

export const redisServer: Requirement = {
  present: spawnSync('redis-server', ['--version']).status === 0,
  missing: 'redis-server is not installed; Debian: apt-get install redis-server',
};

export interface RedisServer {
  url: string;
  /** Ends every connection but the one that asks, as a restart would. */
  dropConnections(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Redis of its own on a free port, without persistence. */
export async function startRedisServer(): Promise<RedisServer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-redis-'));
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
  ];
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  await until(() => answers(url), 'redis-server to answer');
  return {
    url,
    async dropConnections() {
      const client = new Redis(url);
      await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub', 'SKIPME', 'yes');
      client.disconnect();
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
