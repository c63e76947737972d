import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3StorageOptions } from '../../platform/object-storage/s3-storage.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

export interface S3Server {
  options: S3StorageOptions;
  stop(): Promise<void>;
}

/** A real S3-compatible server in a process of its own, with one empty bucket. */
export async function startS3Server(): Promise<S3Server> {
  const port = await freePort();
  const cli = fileURLToPath(new URL('../../node_modules/.bin/fauxqs', import.meta.url));
  const child = spawn(process.execPath, [cli], {
    env: { ...process.env, FAUXQS_PORT: String(port), FAUXQS_LOGGER: 'false' },
    stdio: 'ignore',
  });
  const options = {
    bucket: 'recordings',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  await until(() => createBucket(options), 'the S3 server to answer');
  return {
    options,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function createBucket({ bucket, ...options }: S3StorageOptions): Promise<boolean> {
  const client = new S3Client({ ...options, forcePathStyle: true, maxAttempts: 1 });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}
