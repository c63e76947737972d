import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Unavailable } from '../errors.ts';
import { checkKey, checkPrefix, noSuchObject, resolveRange } from './check-key.ts';
import { asReadable, createMeasure } from './measure.ts';
import type { ByteRange, ObjectContent, ObjectInfo, ObjectStorage } from './object-storage.ts';

/** The smallest that S3 allows; with two at once, an upload holds some 10 MB however long the recording is. */
const PART_BYTES = 5 * 1024 * 1024;
const PARTS_AT_ONCE = 2;
const DEFAULT_TYPE = 'application/octet-stream';

export interface S3StorageOptions {
  bucket: string;
  region: string;
  /** Another server than Amazon's; addressed with the bucket in the path. */
  endpoint?: string;
  /** Absent: what the machine offers (a role, a profile). */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/**
 * Objects in an S3 bucket. Uploads are streamed in parts, each with a checksum that the server verifies (the SDK's
 * default); a failed upload is taken back, so that no half object and no unpaid-for part remains.
 */
export function createS3Storage(options: S3StorageOptions): ObjectStorage {
  const { bucket: Bucket, region, endpoint, credentials } = options;
  const client = new S3Client({ region, endpoint, credentials, forcePathStyle: endpoint !== undefined });

  async function head(key: string): Promise<ObjectInfo | undefined> {
    checkKey(key);
    try {
      const { ContentLength = 0, ContentType = DEFAULT_TYPE } = await client.send(
        new HeadObjectCommand({ Bucket, Key: key }),
      );
      return { bytes: ContentLength, contentType: ContentType };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    head,

    async put(key, source, { contentType }) {
      checkKey(key);
      const measure = createMeasure();
      const upload = new Upload({
        client,
        params: { Bucket, Key: key, Body: measure.stream, ContentType: contentType },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
      });
      const fed = pipeline(asReadable(source), measure.stream);
      // A source that fails destroys the measure, on which the upload waits; it is aborted so that it ends.
      fed.catch(() => upload.abort());
      await Promise.all([fed, upload.done()]);
      return measure.result();
    },

    async get(key, range?: ByteRange): Promise<ObjectContent> {
      const info = await head(key);
      if (!info) throw noSuchObject(key);
      const { contentType, bytes: totalBytes } = info;
      const span = range && resolveRange(range, totalBytes);
      const Range = span && `bytes=${span.start}-${span.end}`;
      const { Body, ContentLength } = await client
        .send(new GetObjectCommand({ Bucket, Key: key, Range }))
        .catch((error: unknown) => {
          throw isMissing(error) ? noSuchObject(key, error) : error;
        });
      if (!(Body instanceof Readable)) throw new Unavailable(`object storage: no content for ${key}`);
      return {
        stream: Body,
        contentType,
        totalBytes,
        bytes: ContentLength ?? totalBytes,
        start: span?.start ?? 0,
      };
    },

    async delete(key) {
      checkKey(key);
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
    },

    async *list(prefix) {
      checkPrefix(prefix);
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken }),
        );
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    },

    async check() {
      await client.send(new HeadBucketCommand({ Bucket })).catch((cause: unknown) => {
        throw new Unavailable(`object storage: the bucket ${Bucket} can not be used`, { cause });
      });
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name);
}
