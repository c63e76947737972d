import { CrmError } from '../crm-error.ts';
import type { CrmResponse } from '../http/crm-http.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { MAX_INPUTS } from './objects.ts';
import { errorOf } from './refusals.ts';
import { batchSchema, type HubspotError, type HubspotRecord } from './responses.ts';

/** One record of a batch; `isAnswer` tells the record of an answer that carries no trace. */
export interface BatchInput {
  body: object;
  isAnswer(record: HubspotRecord): boolean;
}

export type BatchOutcome =
  | { status: 'done'; record: HubspotRecord }
  | { status: 'refused'; error: HubspotError }
  /** Nobody knows; the next look will tell. */
  | { status: 'unknown'; message: string; retryAfterMs: number | null };

/**
 * Sends inputs as one batch. With a trace on each, HubSpot does what it can and answers 207 with an error for each of
 * the others. A batch that is refused as a whole is sent again in halves until it is known whose fault it was: one
 * record's mistake must not hold up ninety-nine others.
 *
 * @returns outcomes in the order of the inputs. @throws CrmError when nothing at all is known.
 */
export async function sendBatch(
  api: Pick<HubspotApi, 'send'>,
  path: string,
  inputs: readonly BatchInput[],
): Promise<BatchOutcome[]> {
  if (inputs.length === 0) return [];
  if (inputs.length > MAX_INPUTS) return inParts(api, path, inputs, MAX_INPUTS);
  const response = await api.send({
    method: 'POST',
    path,
    body: { inputs: inputs.map(({ body }, index) => ({ ...body, objectWriteTraceId: String(index) })) },
  });
  if ([200, 201, 207].includes(response.status)) return outcomesOf(response, inputs);
  const error = errorOf(response);
  if (inputs.length === 1) return [{ status: 'refused', error }];
  return inParts(api, path, inputs, Math.ceil(inputs.length / 2));
}

async function inParts(
  api: Pick<HubspotApi, 'send'>,
  path: string,
  inputs: readonly BatchInput[],
  size: number,
): Promise<BatchOutcome[]> {
  const first = await sendBatch(api, path, inputs.slice(0, size));
  const rest = inputs.slice(size);
  return [...first, ...(await orUnknown(rest.length, () => sendBatch(api, path, rest)))];
}

/** For what follows after something was done: a failure of the whole request is one of each of its records. */
export async function orUnknown(count: number, send: () => Promise<BatchOutcome[]>): Promise<BatchOutcome[]> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof CrmError) || (error.kind !== 'transient' && error.kind !== 'limit')) throw error;
    const { message, retryAfterMs } = error;
    return Array.from({ length: count }, () => ({ status: 'unknown', message, retryAfterMs }));
  }
}

function outcomesOf(response: CrmResponse, inputs: readonly BatchInput[]): BatchOutcome[] {
  const { results, errors } = batchSchema.parse(response.body);
  return inputs.map(({ isAnswer }, index): BatchOutcome => {
    const trace = String(index);
    const record =
      results.find(({ objectWriteTraceId }) => objectWriteTraceId === trace) ??
      results.find((each) => each.objectWriteTraceId === undefined && isAnswer(each));
    if (record !== undefined) return { status: 'done', record };
    const error =
      errors.find(({ context }) => context.objectWriteTraceId?.includes(trace)) ??
      // One record left out and one error: there is nothing else that it can be about.
      (inputs.length - results.length === 1 && errors.length === 1 ? errors[0] : undefined);
    if (error !== undefined) return { status: 'refused', error };
    return {
      status: 'unknown',
      message: 'HubSpot did not say what became of this record; it is looked up by itself.',
      retryAfterMs: null,
    };
  });
}
