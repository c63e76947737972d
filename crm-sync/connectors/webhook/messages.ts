import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CrmRemoval, CrmWrite, CrmWriteResult } from '../connector.ts';

/** One record's share of a message. `id` stays the same when it is sent again: take each once. */
export interface RecordMessage {
  id: string;
  action: 'write' | 'remove';
  objectType: string;
  externalKey: string;
  name?: string;
  /** Null: empty the field. Fields that are not named stay as they are. */
  fields?: Record<string, unknown>;
  /** Where each field's value comes from. */
  origins?: Record<string, { reportId: string | null; unitId: string | null; confirmed: boolean }>;
  /** Records that it belongs to. */
  links?: { objectType: string; externalKey: string; name: string }[];
}

export function writeMessage(write: CrmWrite): RecordMessage {
  return {
    id: write.idempotencyKey,
    action: 'write',
    objectType: write.objectType,
    externalKey: write.externalKey,
    ...(write.create !== null && { name: write.create.name }),
    fields: Object.fromEntries(write.fields.map(({ field, value }) => [field, value])),
    origins: Object.fromEntries(
      write.fields.map(({ field, origin }) => [
        field,
        {
          reportId: origin.reportId ?? null,
          unitId: origin.unitId ?? null,
          confirmed: (origin.confirmedById ?? null) !== null,
        },
      ]),
    ),
    links: write.links,
  };
}

export function removeMessage({ objectType, externalKey }: CrmRemoval): RecordMessage {
  return { id: `remove:${objectType}:${externalKey}`, action: 'remove', objectType, externalKey };
}

/** Id of a message: the same records, the same id. */
export function messageId(records: readonly RecordMessage[]): string {
  const hash = createHash('sha256');
  for (const { id } of records) hash.update(id).update('\n');
  return `msg_${hash.digest('base64url').slice(0, 32)}`;
}

const answerSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['accepted', 'retry', 'rejected']),
      /** Of a rejected one: the field at fault. */
      field: z.string().nullish(),
    }),
  ),
});

/**
 * What became of each record. A receiver that accepts says no more than 2xx; one that tells records apart answers
 * `{ "results": [{ "id", "status": "accepted" | "retry" | "rejected", "field"? }] }`; those not named are accepted.
 */
export function readAnswer(
  body: unknown,
  records: readonly RecordMessage[],
  retryAfterMs: number | null,
): CrmWriteResult[] {
  const parsed = answerSchema.safeParse(body);
  const byId = new Map((parsed.success ? parsed.data.results : []).map((result) => [result.id, result]));
  return records.map(({ id, fields }): CrmWriteResult => {
    const result = byId.get(id);
    if (result === undefined || result.status === 'accepted') return { status: 'written', revision: '' };
    if (result.status === 'retry')
      return {
        status: 'transient',
        message: 'The receiver was not ready for it; it is sent again by itself.',
        retryAfterMs,
      };
    const field = result.field ?? null;
    const known = field !== null && fields !== undefined && field in fields ? field : null;
    const what = known === null ? 'this record' : `the field ${known}`;
    return {
      status: 'permanent',
      message: `The receiver does not take ${what}; ask whoever keeps it, or change the mapping.`,
      field: known,
    };
  });
}
