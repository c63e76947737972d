import { Conflict, NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Replaces a survey's questions. Refused (Conflict) once somebody has answered: an answer belongs to the question
 * that was heard. Doing it twice changes nothing. Locks the survey's row, so two editors come one after the other.
 */
export async function setQuestions(
  { database }: Pick<Platform, 'database'>,
  { surveyId, questions }: { surveyId: string; questions: string[] },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    const locked = await tx.$queryRaw<
      unknown[]
    >`SELECT 1 FROM survey WHERE id = ${surveyId}::uuid FOR UPDATE`;
    if (locked.length === 0) throw new NotFound('no such survey');
    const before = await tx.surveyQuestion.findMany({ where: { surveyId }, orderBy: { position: 'asc' } });
    if (JSON.stringify(before.map(({ text }) => text)) === JSON.stringify(questions)) return;
    if ((await tx.surveyResponse.count({ where: { surveyId } })) > 0)
      throw new Conflict('survey has responses', {
        userMessage:
          'People have already answered these questions, so they stay. Create a new survey for new questions.',
      });
    await tx.surveyQuestion.deleteMany({ where: { surveyId } });
    await tx.surveyQuestion.createMany({
      data: questions.map((text, index) => ({ surveyId, position: index + 1, text })),
    });
  });
}
