import type { ObjectStorageConfig } from '../config.ts';
import { createFileStorage } from './file-storage.ts';
import type { ObjectStorage } from './object-storage.ts';

/** The storage that the settings ask for; Amazon's library is loaded only for S3. Whether it can be used shows `check()`. */
export async function createObjectStorage(config: ObjectStorageConfig): Promise<ObjectStorage> {
  if (config.kind !== 's3') return createFileStorage(config);
  const { createS3Storage } = await import('./s3-storage.ts');
  return createS3Storage(config);
}
