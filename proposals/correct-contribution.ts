import { Conflict, InvalidInput, NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { writeContributionText } from './write-contribution-text.ts';

export interface CorrectContribution {
  contributionId: string;
  /** Of those that the contribution consists of. */
  dictationId: string;
  /** Of the transcript that this was made from. */
  version: number;
  text: string;
  userId: string;
}

/**
 * A final text is never changed; this adds a version, and the contribution's text becomes what is in force now.
 *
 * Sent twice: the second finds the same text as the newest version by the same person, and changes nothing. Two at
 * once: the dictation's row is locked, the later one is told of the conflict.
 * @throws NotFound, InvalidInput
 * @throws Conflict another version is in force by now
 */
export async function correctContribution(
  { clock, database }: Pick<Platform, 'clock' | 'database'>,
  { contributionId, dictationId, version, text, userId }: CorrectContribution,
): Promise<void> {
  if (text.trim() === '')
    throw new InvalidInput(`Empty correction of contribution ${contributionId}`, {
      userMessage: 'There is no text left. What somebody said can be corrected, not taken away.',
    });
  await database.prisma.$transaction(async (tx) => {
    const found = await tx.$queryRaw<unknown[]>`
      select 1 from dictation where id = ${dictationId}::uuid and contribution_id = ${contributionId}::uuid for update`;
    const newest = await tx.transcript.findFirst({ where: { dictationId }, orderBy: { version: 'desc' } });
    if (found.length === 0 || newest === null)
      throw new NotFound(`No text of contribution ${contributionId}`);
    const isRepeat = newest.version === version + 1 && newest.text === text && newest.authorId === userId;
    if (isRepeat || (newest.version === version && newest.text === text)) return;
    if (newest.version !== version)
      throw new Conflict(`Dictation ${dictationId} is at version ${newest.version}, not ${version}`, {
        userMessage:
          'Somebody else has corrected this meanwhile. Load the page again and look at their text.',
      });
    const createdAt = clock.now();
    await tx.transcript.create({
      data: { dictationId, version: version + 1, text, anchors: [], authorId: userId, createdAt },
    });
    const job = await tx.job.findUnique({ where: { dictationId }, select: { id: true } });
    if (job) await tx.jobEvent.create({ data: { jobId: job.id, kind: 'corrected', userId, at: createdAt } });
    await writeContributionText(tx, contributionId);
  });
}
