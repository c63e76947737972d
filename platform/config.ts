import path from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from './errors.ts';
import { keepSecret } from './keep-secret.ts';

/** A URL with one of these schemes; the message says the rest. */
function urlOf(schemes: readonly string[], message: string) {
  return z
    .string()
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), message);
}

/** Only scheme, host and port. */
function originOf(name: string) {
  return urlOf(
    ['http:', 'https:'],
    `${name} must be a URL like https://example.com; correct it or leave it out.`,
  ).transform((value) => value.replace(/\/+$/, ''));
}

/**
 * Every variable that Dictaline knows. Messages are whole sentences that name the variable and say what to do;
 * they never repeat a value, which may be a secret.
 */
const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], {
      error: 'NODE_ENV must be development, production or test; correct it or leave it out for development.',
    })
    .default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'PORT must be a whole number from 0 to 65535; correct it or leave it out for 3000.')
    .transform(Number)
    .refine(
      (port) => port <= 65_535,
      'PORT must be a whole number from 0 to 65535; correct it or leave it out for 3000.',
    )
    .default(3000),
  PUBLIC_URL: originOf('PUBLIC_URL').optional(),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error:
        'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent; correct it or leave it out for info in production and warn elsewhere.',
    })
    .optional(),
  DATABASE_URL: urlOf(
    ['postgres:', 'postgresql:'],
    'DATABASE_URL must look like postgresql://user:password@host:5432/name; correct it or leave it out for the embedded PostgreSQL.',
  ).optional(),
  REDIS_URL: urlOf(
    ['redis:', 'rediss:'],
    'REDIS_URL must look like redis://host:6379; correct it or leave it out to keep the queue in PostgreSQL.',
  ).optional(),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: originOf('S3_ENDPOINT').optional(),
  AWS_REGION: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(
      /^AC[0-9a-fA-F]{32}$/,
      'TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits; copy it from the Twilio console.',
    )
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_API_ORIGIN: originOf('TWILIO_API_ORIGIN').optional(),
  DICTALINE_ADMIN_TOKEN: z
    .string()
    .min(20, 'DICTALINE_ADMIN_TOKEN must have at least 20 characters; make one with `openssl rand -hex 32`.')
    .optional(),
  DICTALINE_SECRET: z
    .string()
    .min(32, 'DICTALINE_SECRET must have at least 32 characters; make one with `openssl rand -hex 32`.')
    .optional(),
});

type Environment = z.infer<typeof environmentSchema>;

/** Where a person starts Dictaline from; `process.env` or a test's own. */
export type EnvironmentVariables = Record<string, string | undefined>;

/**
 * The settings of a process.
 * @param env `process.env`; an empty value counts as absent
 * @throws ConfigurationError one sentence that names the variable and says what to do
 */
export function loadConfig(env: EnvironmentVariables) {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    throw new ConfigurationError(parsed.error.issues[0]?.message ?? 'The settings are not valid.');
  }
  const variables = parsed.data;
  const dataFolder = path.resolve(variables.DATA_DIR);
  return {
    mode: variables.NODE_ENV,
    http: { host: variables.HOST, port: variables.PORT },
    /** What people open and the carrier calls and signs; without a slash at its end. */
    publicUrl: variables.PUBLIC_URL ?? `http://localhost:${variables.PORT}`,
    /** Absolute. */
    dataFolder,
    database: databaseConfig(variables, dataFolder),
    redis: variables.REDIS_URL === undefined ? undefined : { url: variables.REDIS_URL },
    objectStorage: objectStorageConfig(variables, dataFolder),
    carrier: carrierConfig(variables, dataFolder),
    /** Bearer token of the API for automation; absent: only people's own tokens. */
    adminToken: variables.DICTALINE_ADMIN_TOKEN,
    /** Peppers PINs and ids, signs sessions. */
    secret: secretOf(variables, dataFolder),
    // On somebody's own machine a line a request would hide what `npm start` has told.
    log: { level: variables.LOG_LEVEL ?? (variables.NODE_ENV === 'production' ? 'info' : 'warn') },
  };
}

export type Config = ReturnType<typeof loadConfig>;
export type ObjectStorageConfig = Config['objectStorage'];

function databaseConfig({ DATABASE_URL }: Environment, dataFolder: string) {
  return DATABASE_URL === undefined
    ? { kind: 'embedded' as const, folder: path.join(dataFolder, 'postgres') }
    : { kind: 'external' as const, url: DATABASE_URL };
}

function objectStorageConfig(variables: Environment, dataFolder: string) {
  const { S3_BUCKET, S3_ENDPOINT, AWS_REGION } = variables;
  if (S3_BUCKET === undefined) {
    if (S3_ENDPOINT !== undefined) {
      throw new ConfigurationError(
        'S3_ENDPOINT is set without S3_BUCKET; set the bucket, or leave both out to keep files.',
      );
    }
    return { kind: 'files' as const, folder: path.join(dataFolder, 'objects') };
  }
  if (AWS_REGION === undefined && S3_ENDPOINT === undefined) {
    throw new ConfigurationError(
      'S3_BUCKET is set without AWS_REGION; set the region that the bucket lies in.',
    );
  }
  return {
    kind: 's3' as const,
    bucket: S3_BUCKET,
    endpoint: S3_ENDPOINT,
    region: AWS_REGION ?? 'us-east-1',
    /** Absent: what the machine offers (a role, a profile). */
    credentials: awsCredentials(variables),
  };
}

function awsCredentials({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }: Environment) {
  if (AWS_ACCESS_KEY_ID === undefined && AWS_SECRET_ACCESS_KEY === undefined) return undefined;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined) {
    const missing = AWS_ACCESS_KEY_ID === undefined ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY';
    throw new ConfigurationError(`${missing} is missing; set it beside its partner, or leave both out.`);
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/** The simulator signs with a token of its own, kept like the secret, so that nobody else can play the carrier. */
function carrierConfig(variables: Environment, dataFolder: string) {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_ORIGIN, PORT } = variables;
  if (TWILIO_ACCOUNT_SID === undefined && TWILIO_AUTH_TOKEN === undefined) {
    return {
      kind: 'simulator' as const,
      accountSid: `AC${'0'.repeat(32)}`,
      authToken: keepSecret(path.join(dataFolder, 'simulator-token')),
      /** Where media is fetched from, and from nowhere else. */
      apiOrigin: TWILIO_API_ORIGIN ?? `http://127.0.0.1:${PORT}`,
    };
  }
  if (TWILIO_ACCOUNT_SID === undefined || TWILIO_AUTH_TOKEN === undefined) {
    const missing = TWILIO_ACCOUNT_SID === undefined ? 'TWILIO_ACCOUNT_SID' : 'TWILIO_AUTH_TOKEN';
    throw new ConfigurationError(
      `${missing} is missing; set both Twilio variables for a real number, or leave both out for the phone simulator.`,
    );
  }
  return {
    kind: 'twilio' as const,
    accountSid: TWILIO_ACCOUNT_SID,
    authToken: TWILIO_AUTH_TOKEN,
    apiOrigin: TWILIO_API_ORIGIN ?? 'https://api.twilio.com',
  };
}

function secretOf({ DICTALINE_SECRET, NODE_ENV }: Environment, dataFolder: string): string {
  if (DICTALINE_SECRET !== undefined) return DICTALINE_SECRET;
  if (NODE_ENV === 'production') {
    throw new ConfigurationError(
      'DICTALINE_SECRET is missing, which production mode insists on; make one with `openssl rand -hex 32` and keep it.',
    );
  }
  return keepSecret(path.join(dataFolder, 'secret'));
}
