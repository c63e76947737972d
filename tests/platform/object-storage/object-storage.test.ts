import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unavailable } from '../../../platform/errors.ts';
import { createFileStorage } from '../../../platform/object-storage/file-storage.ts';
import { createS3Storage } from '../../../platform/object-storage/s3-storage.ts';
import { type S3Server, startS3Server } from '../../support/s3-server.ts';
import { describeObjectStorage } from './storage-conformance.ts';

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-objects-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  describeObjectStorage('storage', async () => createFileStorage({ folder: path.join(folder, 'objects') }));

  test('leaves no unfinished file behind', async () => {
    expect(await readdir(path.join(folder, 'objects', '.unfinished'))).toEqual([]);
  });

  test('a folder that can not be made is unavailable', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(createFileStorage({ folder: path.join(folder, 'file', 'x') }).check()).rejects.toThrow(
      Unavailable,
    );
  });

  test('what a killed writer left is not listed', async () => {
    const storage = createFileStorage({ folder: path.join(folder, 'killed') });
    await mkdir(path.join(folder, 'killed', '.unfinished'), { recursive: true });
    await writeFile(path.join(folder, 'killed', '.unfinished', 'half'), 'half');
    const keys: string[] = [];
    for await (const key of storage.list('')) keys.push(key);
    expect(keys).toEqual([]);
  });
});

describe('S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  describeObjectStorage('storage', async () => createS3Storage(server.options));

  test('leaves no part of an upload behind', async () => {
    const { bucket, ...options } = server.options;
    const client = new S3Client({ ...options, forcePathStyle: true });
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
    client.destroy();
  });

  test('a bucket that does not exist is unavailable', async () => {
    await expect(createS3Storage({ ...server.options, bucket: 'none' }).check()).rejects.toThrow(Unavailable);
  });
});
