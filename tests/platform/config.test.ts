import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EnvironmentVariables, loadConfig } from '../../platform/config.ts';
import { ConfigurationError } from '../../platform/errors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

const load = (env: EnvironmentVariables = {}) => loadConfig({ DATA_DIR: folder, ...env });

describe('with nothing set', () => {
  test('everything is embedded', () => {
    const config = load();
    expect(config).toMatchObject({
      mode: 'development',
      http: { host: '127.0.0.1', port: 3000 },
      publicUrl: 'http://localhost:3000',
      dataFolder: folder,
      database: { kind: 'embedded', folder: path.join(folder, 'postgres') },
      redis: undefined,
      objectStorage: { kind: 'files', folder: path.join(folder, 'objects') },
      carrier: { kind: 'simulator', apiOrigin: 'http://127.0.0.1:3000' },
      adminToken: undefined,
      log: { level: 'warn' },
    });
  });

  test('the secret and the simulator token are made once and kept for the owner alone', async () => {
    const config = load();
    expect(load()).toEqual(config);
    expect(config.secret.length).toBeGreaterThanOrEqual(32);
    expect(config.secret).not.toBe(config.carrier.authToken);
    expect(await readFile(path.join(folder, 'secret'), 'utf8')).toBe(config.secret);
    expect((await stat(path.join(folder, 'secret'))).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(folder, 'simulator-token'))).mode & 0o777).toBe(0o600);
  });
});

test.each(['/proc/dictaline', '/dev/null/dictaline'])(
  'a data folder that can not be made is told: %s',
  (DATA_DIR) => {
    expect(() => load({ DATA_DIR: `${DATA_DIR}/x` })).toThrow('DATA_DIR');
  },
);

test('each variable replaces its part', () => {
  const config = load({
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: '8080',
    PUBLIC_URL: 'https://calls.example.com/',
    DATABASE_URL: 'postgresql://u:p@db:5432/dictaline',
    REDIS_URL: 'redis://cache:6379',
    S3_BUCKET: 'recordings',
    S3_ENDPOINT: 'http://s3.internal:9000',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret key',
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'token',
    DICTALINE_ADMIN_TOKEN: 'a'.repeat(20),
    DICTALINE_SECRET: 's'.repeat(32),
    LOG_LEVEL: 'warn',
  });
  expect(config).toEqual({
    mode: 'production',
    http: { host: '0.0.0.0', port: 8080 },
    publicUrl: 'https://calls.example.com',
    dataFolder: folder,
    database: { kind: 'external', url: 'postgresql://u:p@db:5432/dictaline' },
    redis: { url: 'redis://cache:6379' },
    objectStorage: {
      kind: 's3',
      bucket: 'recordings',
      endpoint: 'http://s3.internal:9000',
      region: 'us-east-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret key' },
    },
    carrier: {
      kind: 'twilio',
      accountSid: `AC${'1'.repeat(32)}`,
      authToken: 'token',
      apiOrigin: 'https://api.twilio.com',
    },
    adminToken: 'a'.repeat(20),
    secret: 's'.repeat(32),
    log: { level: 'warn' },
  });
});

test('an empty variable counts as absent', () => {
  expect(load({ PORT: '', REDIS_URL: '', S3_BUCKET: '', DICTALINE_SECRET: '' })).toEqual(load());
});

describe('what is wrong is told in one sentence that names the variable and keeps its value to itself', () => {
  const wrong: [string, EnvironmentVariables][] = [
    ['PORT', { PORT: 'wrong-value' }],
    ['PORT', { PORT: '70000' }],
    ['NODE_ENV', { NODE_ENV: 'wrong-value' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'wrong-value' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'wrong-value' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://u:wrong-value@db/x' }],
    ['DATABASE_URL', { DATABASE_URL: 'wrong-value' }],
    ['REDIS_URL', { REDIS_URL: 'wrong-value' }],
    ['S3_ENDPOINT', { S3_BUCKET: 'b', S3_ENDPOINT: 'wrong-value' }],
    ['S3_BUCKET', { S3_ENDPOINT: 'http://s3.internal:9000' }],
    ['AWS_REGION', { S3_BUCKET: 'b' }],
    ['AWS_SECRET_ACCESS_KEY', { S3_BUCKET: 'b', AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'wrong-value' }],
    ['TWILIO_ACCOUNT_SID', { TWILIO_ACCOUNT_SID: 'wrong-value', TWILIO_AUTH_TOKEN: 't' }],
    ['TWILIO_ACCOUNT_SID', { TWILIO_AUTH_TOKEN: 'wrong-value' }],
    ['TWILIO_AUTH_TOKEN', { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}` }],
    ['TWILIO_API_ORIGIN', { TWILIO_API_ORIGIN: 'wrong-value' }],
    ['DICTALINE_ADMIN_TOKEN', { DICTALINE_ADMIN_TOKEN: 'wrong-value' }],
    ['DICTALINE_SECRET', { DICTALINE_SECRET: 'wrong-value' }],
    ['DICTALINE_SECRET', { NODE_ENV: 'production' }],
  ];
  test.each(wrong)('%s: %o', (variable, env) => {
    let message = '';
    try {
      load(env);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      message = String(error);
    }
    expect(message).toContain(variable);
    expect(message).toMatch(/[;,] .*\.$/);
    expect(message).not.toContain('wrong-value');
    expect(message).not.toContain('\n');
  });
});

test('logs what happens in production, and only what goes wrong on one’s own machine', () => {
  const secret = 'x'.repeat(40);
  const levelIn = (env: Record<string, string>) =>
    loadConfig({ DATA_DIR: folder, DICTALINE_SECRET: secret, ...env }).log.level;
  expect(levelIn({ NODE_ENV: 'production' })).toBe('info');
  expect(levelIn({ NODE_ENV: 'development' })).toBe('warn');
  expect(levelIn({ NODE_ENV: 'production', LOG_LEVEL: 'error' })).toBe('error');
});
