import { z } from 'zod';
import type { CrmWriteResult } from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import type { CrmResponse } from '../http/crm-http.ts';

/** One of the errors that Salesforce lists. */
export interface SalesforceError {
  code: string;
  /** May hold what was to be written: never shown or logged as it is. */
  message: string;
  fields: readonly string[];
}

// Rows say `errorCode`, collections `statusCode`.
const errorsSchema = z.array(
  z
    .object({
      errorCode: z.string().optional(),
      statusCode: z.string().optional(),
      message: z.string().nullish(),
      fields: z.array(z.string()).nullish(),
    })
    .transform(
      (error): SalesforceError => ({
        code: error.errorCode ?? error.statusCode ?? 'UNKNOWN_EXCEPTION',
        message: error.message ?? '',
        fields: error.fields ?? [],
      }),
    ),
);

/** The errors in an answer's body; empty when there are none. */
export function errorsOf(body: unknown): SalesforceError[] {
  return errorsSchema.safeParse(body).data ?? [];
}

/** A request that Salesforce refused as a whole. Its own words stay here: they may quote what was written. */
export function refusedRequest({ status, body }: Pick<CrmResponse, 'status' | 'body'>): CrmError {
  const code = errorsOf(body)[0]?.code ?? `HTTP ${status}`;
  return new CrmError(
    'permanent',
    `Salesforce refused the request (${code}); check the connection under CRM, Connections.`,
    { status },
  );
}

const DAILY_PAUSE_MS = 15 * 60_000;
const CONCURRENT_PAUSE_MS = 20_000;
const CLOSED = ['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED', 'ORG_LOCKED', 'USER_NOT_FOUND'];

/** What Salesforce says about requests as a whole in answers whose status alone does not tell. */
export function interpretSalesforce(response: CrmResponse): CrmError | null {
  const { status } = response;
  if (status < 400) return null;
  const codes = errorsOf(response.body).map(({ code }) => code);
  if (codes.includes('REQUEST_LIMIT_EXCEEDED')) {
    // One code for two limits: those of the day, and too many long requests at a time.
    const usage = dailyUsage(response.headers);
    return usage !== null && usage.used >= usage.limit
      ? dailyLimit(status)
      : new CrmError('limit', 'Salesforce is busy with too many requests; it goes on by itself.', {
          retryAfterMs: CONCURRENT_PAUSE_MS,
          status,
        });
  }
  if (codes.some((code) => CLOSED.includes(code)))
    return new CrmError(
      'connection',
      'Salesforce does not let this user use its API; give the user the permission “API Enabled”.',
      { status },
    );
  // Salesforce's edge does not know the company's address at this moment.
  if (status === 420)
    return new CrmError('transient', 'Salesforce does not find the company; it is tried again by itself.', {
      status,
    });
  if (codes.includes('UNSUPPORTED_API_VERSION'))
    return new CrmError('connection', 'Salesforce no longer speaks our version; update Dictaline.', {
      status,
    });
  return null;
}

/** The day is over when the requests of the last 24 hours are fewer, and nobody says when; so it is asked rarely. */
export function dailyLimit(status: number | null): CrmError {
  return new CrmError(
    'limit',
    'The daily API requests of your Salesforce are used up; it goes on by itself when there are some again.',
    { retryAfterMs: DAILY_PAUSE_MS, status },
  );
}

/** Requests of the last 24 hours by all programs of the company, as each answer says. */
export function dailyUsage(headers: Headers): { used: number; limit: number } | null {
  const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '') ?? [];
  return used === undefined || limit === undefined ? null : { used: Number(used), limit: Number(limit) };
}

/** May succeed by itself. */
const PASSING = [
  'UNABLE_TO_LOCK_ROW',
  'PROCESSING_HALTED',
  'QUERY_TIMEOUT',
  'REQUEST_RUNNING_TOO_LONG',
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
];

/** A value that the field does not take, by what to do about it. */
const SENTENCES: Record<string, string> = {
  INVALID_FIELD: 'Salesforce has no such field that this user may write; correct the mapping.',
  INVALID_FIELD_FOR_INSERT_UPDATE:
    'This user may not write the field in Salesforce; give the right to edit it, or change the mapping.',
  INSUFFICIENT_ACCESS_OR_READONLY:
    'This user may not write the record in Salesforce; give the right to edit it, then try again.',
  INSUFFICIENT_ACCESS:
    'This user may not write the record in Salesforce; give the right to edit it, then try again.',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:
    'The picklist in Salesforce does not take this value; add it there, or change the mapping.',
  BAD_VALUE_FOR_RESTRICTED_PICKLIST:
    'The picklist in Salesforce does not take this value; add it there, or change the mapping.',
  STRING_TOO_LONG: 'The text is too long for the field in Salesforce; let the mapping write less.',
  NUMBER_OUTSIDE_VALID_RANGE: 'The number is too large for the field in Salesforce; correct the mapping.',
  REQUIRED_FIELD_MISSING:
    'Salesforce wants another field filled in for this record; map it, or give it a default value there.',
  DUPLICATES_DETECTED:
    'A duplicate rule of Salesforce takes it for a record that is there; import that one, or merge the two there.',
  DUPLICATE_EXTERNAL_ID: 'Several records in Salesforce carry our key; merge them there, then try again.',
  ENTITY_IS_LOCKED: 'An approval has locked the record in Salesforce; try again when it is decided.',
  STORAGE_LIMIT_EXCEEDED: 'The data storage of your Salesforce is full; make room there, then try again.',
  INACTIVE_OWNER_OR_USER:
    'The owner is no active user of Salesforce any more; activate the user or change the mapping.',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:
    'Automation in your Salesforce (a trigger) refuses the record; ask its administrator, then try again.',
  CANNOT_EXECUTE_FLOW_TRIGGER:
    'Automation in your Salesforce (a flow) refuses the record; ask its administrator, then try again.',
};

/**
 * What the errors of one record come to. Pure.
 *
 * @param fields that were to be written; an error is laid to one of these where Salesforce names it.
 */
export function refusalOf(
  errors: readonly SalesforceError[],
  { fields, keyField }: { fields: readonly string[]; keyField: string },
): CrmWriteResult & { status: 'transient' | 'permanent' } {
  const [first] = errors;
  // A lock is often met by automation, whose error quotes it.
  const locked = errors.some(({ message }) => message.includes('UNABLE_TO_LOCK_ROW'));
  // Our key is taken since we looked: somebody made the record at this moment, and the next look finds it.
  const justMade = errors.some(
    ({ code, message }) => code === 'DUPLICATE_VALUE' && message.includes(keyField),
  );
  if (first === undefined || locked || justMade || errors.some(({ code }) => PASSING.includes(code)))
    return {
      status: 'transient',
      message: justMade
        ? 'Somebody made the record in Salesforce at this moment; it is tried again by itself.'
        : 'Salesforce is working on this record; it is tried again by itself.',
      retryAfterMs: null,
    };
  const field = errors.flatMap((error) => error.fields).find((name) => fields.includes(name)) ?? null;
  return { status: 'permanent', message: sentenceOf(first), field };
}

function sentenceOf({ code, message }: SalesforceError): string {
  // The one message that a person of the company wrote for its own people.
  if (code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION')
    return `A validation rule of your Salesforce refuses it (“${message.trim().slice(0, 200)}”); see to that, then try again.`;
  return (
    SENTENCES[code] ??
    `Salesforce refused it (${code}); ask its administrator what is missing, then try again.`
  );
}
