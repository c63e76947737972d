import { z } from 'zod';
import type { CrmWriteResult } from '../connector.ts';
import type { CrmResponse } from '../http/crm-http.ts';

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** An operation is at work on the row; SQL time-outs come as 500 and pass as such (Microsoft Learn, "Web service error codes"). */
const PASSING = new Set(['0x80071151', '0x80044151']);
const NO_SUCH_COLUMN = new Set(['0x80060888', '0x0', '0x80048d19']);
const NO_SUCH_OPTION = new Set(['0x80048408', '0x8004431a', '0x80040203']);
const TOO_LONG = new Set(['0x80044331']);
const NO_PRIVILEGE = new Set(['0x80040220', '0x80042f09']);

/** Somebody made a record with this key at the same moment. */
export const KEY_TAKEN = new Set(['0x80040237', '0x80060892']);

export interface Refusal {
  code: string;
  message: string;
}

/** What an answer of 400 or more says of itself. */
export function refusalOf({ body }: CrmResponse): Refusal {
  const parsed = errorSchema.safeParse(body);
  return parsed.success
    ? { code: parsed.data.error.code.toLowerCase(), message: parsed.data.error.message }
    : { code: '', message: '' };
}

/**
 * A refused write, as a sentence for a person. Dataverse names the column in its message only; the message itself may
 * quote values and is not handed on. `columns` are those that were to be written. Pure.
 */
export function toResult(
  response: CrmResponse,
  columns: readonly string[],
): Extract<CrmWriteResult, { status: 'transient' | 'permanent' }> {
  const { code, message } = refusalOf(response);
  if (PASSING.has(code))
    return {
      status: 'transient',
      message: 'Dynamics is at work on this record; it is tried again by itself.',
      retryAfterMs: null,
    };
  const field = columns.find((column) => new RegExp(`\\b${column}\\b`, 'i').test(message)) ?? null;
  const named = field === null ? 'a field' : `the field ${field}`;
  const permanent = (sentence: string) => ({ status: 'permanent' as const, message: sentence, field });
  if (NO_SUCH_COLUMN.has(code) && field !== null)
    return permanent(`Dynamics has not got ${named} any more; choose another in the mapping.`);
  if (NO_SUCH_OPTION.has(code))
    return permanent(`Dynamics does not take this choice for ${named}; add it there or correct the mapping.`);
  if (TOO_LONG.has(code))
    return permanent(
      `The text is too long for ${named}; let the mapping write less, or allow more at Dynamics.`,
    );
  if (NO_PRIVILEGE.has(code) || response.status === 403)
    return permanent('Our user may not write this at Dynamics; give its security role the right to.');
  return permanent(
    `Dynamics refused ${named} (${code || `HTTP ${response.status}`}); ask its administrator, then try again.`,
  );
}
