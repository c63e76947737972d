import type pg from 'pg';
import { z } from 'zod';
import { isUniqueViolation } from '../../platform/database/unique-violation.ts';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';

export const replyInput = z.object({
  text: z.string().trim().min(1).max(2000),
  /** Made by the form, so that a second press sends the same reply and not another. */
  requestId: z.uuid(),
});

/**
 * A manager answers; the rep hears it at the next call. The same request twice makes one reply.
 * @throws NotFound no such report
 * @throws Conflict the request id was used for something else
 */
export async function addReply(
  platform: Pick<Platform, 'clock' | 'database' | 'events'>,
  {
    reportId,
    authorId,
    text,
    requestId,
  }: { reportId: string; authorId: string; text: string; requestId: string },
): Promise<{ replyId: string }> {
  const { clock, database, events } = platform;
  const now = clock.now();
  try {
    const replyId = await database.prisma.$transaction(async (tx) => {
      const report = await tx.report.findUnique({ where: { id: reportId }, select: { speakerId: true } });
      if (!report) throw new NotFound(`No report ${reportId}`);
      const reply = await tx.reply.create({ data: { reportId, authorId, text, requestId, createdAt: now } });
      // A rep's own remark is not the answer that was promised.
      if (report.speakerId !== authorId) {
        await tx.report.updateMany({
          where: { id: reportId, firstRepliedAt: null },
          data: { firstRepliedAt: now },
        });
      }
      return reply.id;
    });
    await events.publish('reply.created', { reportId });
    return { replyId };
  } catch (error) {
    if (!isUniqueViolation(error, ['request_id'])) throw error;
    const made = await database.prisma.reply.findUniqueOrThrow({ where: { requestId } });
    if (made.reportId !== reportId || made.authorId !== authorId) {
      throw new Conflict(`Request ${requestId} belongs to another reply`);
    }
    return { replyId: made.id };
  }
}

export interface ReplyToHear {
  replyId: string;
  reportId: string;
  reference: string;
  authorName: string;
  /** What the report was about; null when it names no account. */
  accountName: string | null;
  calledAt: Date;
  text: string;
}

/** In: a rep. Out: replies to the rep's reports not acknowledged yet, the oldest first. Locks nothing. */
export async function repliesToHear(client: pg.ClientBase | pg.Pool, userId: string): Promise<ReplyToHear[]> {
  const { rows } = await client.query<ReplyToHear>({
    name: 'reports-replies-to-hear',
    text: `
      select reply.id as "replyId", report.id as "reportId", dictation.reference, author.name as "authorName",
             account.name as "accountName", report.called_at as "calledAt", reply.text
      from report
      join reply on reply.report_id = report.id
      join dictation on dictation.id = report.dictation_id
      join app_user author on author.id = reply.author_id
      left join account on account.id = report.account_id
      where report.speaker_id = $1 and reply.author_id <> $1
        and not exists (select 1 from reply_hearing heard where heard.reply_id = reply.id and heard.user_id = $1)
      order by reply.created_at, reply.id`,
    values: [userId],
  });
  return rows;
}

/**
 * In: a reply and the rep who pressed the key. Out: whether it is acknowledged now (also when it was before); false
 * when the reply is not to this rep. Inserts one row.
 */
export async function acknowledgeReply(
  client: pg.ClientBase | pg.Pool,
  { replyId, userId, now }: { replyId: string; userId: string; now?: Date },
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'reports-acknowledge-reply',
    text: `
      insert into reply_hearing (reply_id, user_id, acknowledged_at)
      select reply.id, $2, coalesce($3, now()) from reply join report on report.id = reply.report_id
      where reply.id = $1 and report.speaker_id = $2
      on conflict (reply_id, user_id) do update set user_id = excluded.user_id`,
    values: [replyId, userId, now ?? null],
  });
  return rowCount === 1;
}
