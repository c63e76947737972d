import type { ObjectStorageConfig } from '../config.ts';
import { createFileStorage } from './file-storage.ts';
import type { ObjectStorage } from './object-storage.ts';
import { createS3Storage } from './s3-storage.ts';

/** The storage that the settings ask for. Whether it can be used shows `check()`. */
export function createObjectStorage(config: ObjectStorageConfig): ObjectStorage {
  return config.kind === 's3' ? createS3Storage(config) : createFileStorage(config);
}
