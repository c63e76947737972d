import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/**
 * Field names that may carry what people said, keyed in or are reached by. Nobody should log them; this is the
 * net below, which removes them at the top and one or two levels down (`body.Digits`, `req.headers.cookie`).
 */
const SECRET_FIELDS = [
  'phone',
  'phoneNumber',
  'from',
  'From',
  'fromNumber',
  'caller',
  'Caller',
  'pin',
  'digits',
  'Digits',
  'text',
  'transcript',
  'draft',
  'speech',
  'SpeechResult',
  'authorization',
  'cookie',
  'password',
  'token',
  'secret',
];

const REDACTED_PATHS = SECRET_FIELDS.flatMap((field) => [
  field,
  `*.${field}`,
  `*.*.${field}`,
  `*["set-${field}"]`,
  `*.*["set-${field}"]`,
]);

/** Only what names the failure: the extra fields of database errors quote the row that caused them. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && { code: error.code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

export interface LoggerOptions {
  level: string;
  /** Standard output when absent. */
  destination?: DestinationStream;
}

/** JSON lines. Give identifiers in fields and units in names: `log.info({ callId, durationMs }, 'call ended')`. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, error: describeError },
      redact: { paths: REDACTED_PATHS, remove: true },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
