import { z } from 'zod';
import { CrmError } from '../crm-error.ts';
import type { CrmResponse } from '../http/crm-http.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { msToMidnight } from './days.ts';
import { errorSchema, type HubspotError } from './responses.ts';

export function errorOf(response: CrmResponse): HubspotError {
  return errorSchema.catch({ category: '', message: '', context: {}, errors: [] }).parse(response.body ?? {});
}

/** HubSpot asks for two seconds at least before a locked record is tried again. */
const LOCKED_MS = 2_000;
const MIGRATION_MS = 10 * 60_000;
const LIMIT_MS: Readonly<Record<string, number>> = { SECONDLY: 1_000, TEN_SECONDLY_ROLLING: 10_000 };

/**
 * What HubSpot means by answers that say the same to everybody: its limits by second, ten seconds and day, a record
 * that another request holds, an account that is moved to another data center, a scope that is lacking. Null: an
 * answer for whoever asked.
 */
export function interpret(response: CrmResponse, now: Date, timeZone: string): CrmError | null {
  const { status, headers } = response;
  const asked = retryAfterMs(headers.get('retry-after'), now);
  if (status === 429) {
    const { policyName = '' } = errorOf(response);
    if (policyName === 'DAILY')
      return new CrmError(
        'limit',
        'The day’s requests to HubSpot are used up; it goes on by itself after midnight.',
        {
          status,
          retryAfterMs: asked ?? msToMidnight(now, timeZone),
        },
      );
    const interval = Number(headers.get('x-hubspot-ratelimit-interval-milliseconds') ?? Number.NaN);
    return new CrmError('limit', 'HubSpot takes no more at a time; it goes on by itself.', {
      status,
      retryAfterMs:
        asked ?? LIMIT_MS[policyName] ?? (Number.isFinite(interval) && interval > 0 ? interval : null),
    });
  }
  if (status === 423)
    return new CrmError('transient', 'HubSpot is busy with this record; it is tried again by itself.', {
      status,
      retryAfterMs: Math.max(asked ?? 0, LOCKED_MS),
    });
  if (status === 477)
    return new CrmError('limit', 'HubSpot moves the account to another data center; it goes on by itself.', {
      status,
      retryAfterMs: asked ?? MIGRATION_MS,
    });
  if (status === 403) return new CrmError('connection', lackingScopes(errorOf(response)), { status });
  return null;
}

function lackingScopes(error: HubspotError): string {
  const scopes = [error, ...error.errors].flatMap(({ context }) => [
    ...(context.missingScopes ?? []),
    ...(context.requiredScopes ?? []),
    ...(context.requiredGranularScopes ?? []),
  ]);
  return scopes.length === 0
    ? 'HubSpot does not let us do this; give the private app the scopes that it needs.'
    : `HubSpot does not let us do this; give the private app the scope ${[...new Set(scopes)].join(' or ')}.`;
}

/** An answer that nobody expected. */
export function unexpected(response: CrmResponse): CrmError {
  return new CrmError(
    'permanent',
    'HubSpot does not take this request; press “Check now” at the connection to see what is missing.',
    { status: response.status },
  );
}

/** What is wrong with one property of a record. */
export interface PropertyProblem {
  property: string;
  /** HubSpot's word for it, such as `INVALID_OPTION`; empty where it has none. */
  code: string;
}

const problemsSchema = z.array(z.object({ name: z.string(), error: z.string().catch('') }));

/**
 * The properties that a refusal names: older answers hold them as JSON within the message, newer ones in `errors`.
 * Pure.
 */
export function propertyProblems({ message, errors, context }: HubspotError): PropertyProblem[] {
  const told = errors.flatMap(({ code = '', in: place, context: about }) => {
    const names = about.propertyName ?? about.properties ?? (place === undefined ? [] : [place]);
    return names.map((property) => ({ property, code }));
  });
  if (told.length > 0) return told;
  const inMessage = /\[\s*\{[\s\S]*\}\s*\]/.exec(message)?.[0];
  const parsed = inMessage === undefined ? null : problemsSchema.safeParse(parseJson(inMessage));
  if (parsed?.success) return parsed.data.map(({ name, error }) => ({ property: name, code: error }));
  return (context.propertyName ?? context.properties ?? []).map((property) => ({ property, code: '' }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
