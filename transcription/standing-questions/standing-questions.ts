import { InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readQuestionText } from './question-text.ts';

export interface StandingQuestionRow {
  id: string;
  text: string;
  askedBy: string | null;
  createdAt: Date;
  closedAt: Date | null;
  /** Reps who heard it, and all who can call: active, with a PIN. */
  heard: number;
  reps: number;
  /** Reports that reps made after they had heard it, as long as it was open. */
  reports: number;
}

/** Open ones in the order in which they are asked, then those closed last. */
export async function listStandingQuestions({
  database,
}: Pick<Platform, 'database'>): Promise<StandingQuestionRow[]> {
  // In: nothing. Out: every question with its counts. Locks nothing.
  const { rows } = await database.pool.query<StandingQuestionRow>(
    `select question.id, question.text, author.name as "askedBy", question.created_at as "createdAt",
            question.closed_at as "closedAt",
            (select count(*)::int from standing_question_hearing as heard
             where heard.question_id = question.id) as heard,
            greatest(
              (select count(*)::int from app_user
               where active and not system and 'rep' = any(roles) and pin_hash is not null),
              (select count(*)::int from standing_question_hearing as heard
               where heard.question_id = question.id)) as reps,
            (select count(*)::int from standing_question_hearing as heard
             join report on report.speaker_id = heard.user_id and report.called_at >= heard.heard_at
             where heard.question_id = question.id
               and report.called_at <= coalesce(question.closed_at, 'infinity')) as reports
     from standing_question as question
     left join app_user as author on author.id = question.created_by_id
     order by question.closed_at is not null, question.closed_at desc, question.created_at, question.id`,
  );
  return rows;
}

/**
 * Asks every rep, once, from their next call on. The same question while it is open is not asked twice.
 * @throws InvalidInput too long, or empty, in words for the manager
 */
export async function addStandingQuestion(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { text: typed, createdById }: { text: string; createdById: string },
): Promise<{ questionId: string; text: string }> {
  const read = readQuestionText(typed);
  if (!read.ok)
    throw new InvalidInput('A standing question that cannot be asked', { userMessage: read.fault });
  const { text } = read;
  return database.prisma.$transaction(async (tx) => {
    // Two managers, or one impatient finger, ask the same at once: one after the other.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`standing-question ${text}`}, 0))`;
    const open = await tx.standingQuestion.findFirst({
      where: { text, closedAt: null },
      select: { id: true },
    });
    if (open) return { questionId: open.id, text };
    const { id } = await tx.standingQuestion.create({ data: { text, createdById, createdAt: clock.now() } });
    await tx.auditEntry.create({
      data: {
        actorId: createdById,
        action: 'question.asked',
        subjectType: 'standing_question',
        subjectId: id,
      },
    });
    return { questionId: id, text };
  });
}

/** It is not asked any more. Closed before, it stays as it is. @throws NotFound */
export async function closeStandingQuestion(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  { questionId, actorId }: { questionId: string; actorId: string },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    const { count } = await tx.standingQuestion.updateMany({
      where: { id: questionId, closedAt: null },
      data: { closedAt: clock.now() },
    });
    if (count === 0) {
      if ((await tx.standingQuestion.count({ where: { id: questionId } })) === 0)
        throw new NotFound(`No standing question ${questionId}`);
      return;
    }
    await tx.auditEntry.create({
      data: { actorId, action: 'question.closed', subjectType: 'standing_question', subjectId: questionId },
    });
  });
}
