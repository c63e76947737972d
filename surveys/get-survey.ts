import { NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type Participation, readParticipation } from './participation.ts';

export interface SurveyDetail {
  id: string;
  name: string;
  language: string;
  minimumGroup: number;
  opensAt: Date | null;
  closesAt: Date | null;
  createdAt: Date;
  questions: { id: string; position: number; text: string }[];
  batches: { id: string; name: string; groupKey: string; createdAt: Date; revokedAt: Date | null }[];
  participation: Participation;
}

/** A survey with questions (in order), batches (oldest first) and how many took part. Throws NotFound. */
export async function requireSurvey(
  { database }: Pick<Platform, 'database'>,
  surveyId: string,
): Promise<SurveyDetail> {
  const survey = await database.prisma.survey.findUnique({
    where: { id: surveyId },
    include: { questions: { orderBy: { position: 'asc' } }, batches: { orderBy: { createdAt: 'asc' } } },
  });
  if (!survey) throw new NotFound('no such survey');
  return { ...survey, participation: await readParticipation(database.pool, survey) };
}
