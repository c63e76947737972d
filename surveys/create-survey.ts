import type { Platform } from '../platform/platform.ts';
import { requireSurvey, type SurveyDetail } from './get-survey.ts';

export interface NewSurvey {
  name: string;
  language?: string;
  /** Groups smaller than this are never shown. */
  minimumGroup?: number;
  opensAt?: Date | null;
  closesAt?: Date | null;
  /** Spoken in this order. */
  questions: string[];
}

/** Creates a survey with its questions, all or nothing. */
export async function createSurvey(
  { database }: Pick<Platform, 'database'>,
  { name, language, minimumGroup, opensAt, closesAt, questions }: NewSurvey,
): Promise<SurveyDetail> {
  const { id } = await database.prisma.survey.create({
    data: {
      name,
      language,
      minimumGroup,
      opensAt,
      closesAt,
      questions: { create: questions.map((text, index) => ({ position: index + 1, text })) },
    },
  });
  return requireSurvey({ database }, id);
}
