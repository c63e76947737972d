import { Conflict, NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { displayAnonymousId, hashAnonymousId, makeAnonymousId } from './anonymous-id.ts';

export interface InvitationRequest {
  surveyId: string;
  /** Unique within the survey, so that a request sent twice can't make two batches. */
  name: string;
  /** What responses of this batch are counted under (a region, a class of customers); never one customer. */
  groupKey?: string;
  count: number;
  /** Some of the IDs, made by the caller, for whoever has to find them again; the rest is made here. */
  given?: readonly string[];
}

export interface IssuedInvitations {
  batchId: string;
  /** For printing, `4821 0937 5516`. They can't be shown again: only their keyed hashes are kept. */
  anonymousIds: string[];
}

/**
 * Makes a batch of anonymous IDs and returns them this once. Throws NotFound, and Conflict when the survey already
 * has a batch of this name. Locks the survey's row, which makes the check of the name safe.
 */
export async function invite(
  { database, config }: Pick<Platform, 'database' | 'config'>,
  { surveyId, name, groupKey = '', count, given = [] }: InvitationRequest,
): Promise<IssuedInvitations> {
  const ids = new Set<string>(given);
  while (ids.size < count) ids.add(makeAnonymousId());
  const anonymousIds = [...ids];
  // Sorted, so that the order of the rows does not tell the order of the list that somebody mails from.
  const hashes = anonymousIds.map((id) => hashAnonymousId(config.secret, surveyId, id)).sort();
  const batchId = await database.prisma.$transaction(async (tx) => {
    const locked = await tx.$queryRaw<
      unknown[]
    >`SELECT 1 FROM survey WHERE id = ${surveyId}::uuid FOR UPDATE`;
    if (locked.length === 0) throw new NotFound('no such survey');
    if ((await tx.invitationBatch.count({ where: { surveyId, name } })) > 0)
      throw new Conflict('batch name taken', {
        userMessage:
          'This survey already has a batch of that name; its IDs were shown once. Choose another name, or revoke that batch.',
      });
    const batch = await tx.invitationBatch.create({ data: { surveyId, name, groupKey } });
    await tx.invitation.createMany({ data: hashes.map((idHash) => ({ idHash, batchId: batch.id })) });
    return batch.id;
  });
  return { batchId, anonymousIds: anonymousIds.map(displayAnonymousId) };
}
