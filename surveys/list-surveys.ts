import type { Platform } from '../platform/platform.ts';

export interface SurveyRow {
  id: string;
  name: string;
  language: string;
  opensAt: Date | null;
  closesAt: Date | null;
  createdAt: Date;
  questionCount: number;
}

/** Surveys, newest first, up to `limit`, from the one after `before` (the last of an earlier page). */
export async function listSurveys(
  { database }: Pick<Platform, 'database'>,
  { limit, before }: { limit: number; before?: { createdAt: Date; id: string } },
): Promise<SurveyRow[]> {
  const rows = await database.prisma.survey.findMany({
    where: before
      ? {
          OR: [
            { createdAt: { lt: before.createdAt } },
            { createdAt: before.createdAt, id: { lt: before.id } },
          ],
        }
      : {},
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { _count: { select: { questions: true } } },
  });
  return rows.map(({ _count, minimumGroup: _, ...row }) => ({ ...row, questionCount: _count.questions }));
}
