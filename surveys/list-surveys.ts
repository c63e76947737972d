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

/** Surveys, newest first, up to `limit`, from the one after `before` (an id of an earlier page). */
export async function listSurveys(
  { database }: Pick<Platform, 'database'>,
  { limit, before }: { limit: number; before?: string },
): Promise<SurveyRow[]> {
  const rows = await database.prisma.survey.findMany({
    where: before ? { id: { lt: before } } : {},
    orderBy: { id: 'desc' },
    take: limit,
    include: { _count: { select: { questions: true } } },
  });
  return rows.map(({ _count, minimumGroup: _, ...row }) => ({ ...row, questionCount: _count.questions }));
}
