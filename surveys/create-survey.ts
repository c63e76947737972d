import { isUniqueViolation } from '../platform/database/unique-violation.ts';
import { newId } from '../platform/new-id.ts';
import type { Platform } from '../platform/platform.ts';
import { requireSurvey, type SurveyDetail } from './get-survey.ts';

export interface NewSurvey {
  /** Made by whoever sends it, so that a request sent twice makes one survey. */
  id?: string;
  name: string;
  language?: string;
  /** Groups smaller than this are never shown. */
  minimumGroup?: number;
  opensAt?: Date | null;
  closesAt?: Date | null;
  /** Spoken in this order. */
  questions: string[];
}

/** Creates a survey with its questions, all or nothing. An id that is there already: that survey, as it is. */
export async function createSurvey(
  { database }: Pick<Platform, 'database'>,
  { id = newId(), name, language, minimumGroup, opensAt, closesAt, questions }: NewSurvey,
): Promise<SurveyDetail> {
  try {
    await database.prisma.survey.create({
      data: {
        id,
        name,
        language,
        minimumGroup,
        opensAt,
        closesAt,
        questions: { create: questions.map((text, index) => ({ position: index + 1, text })) },
      },
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'survey_pkey')) throw error;
  }
  return requireSurvey({ database }, id);
}
