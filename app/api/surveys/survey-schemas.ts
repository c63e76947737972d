import { z } from 'zod';
import type { SurveyDetail } from '../../../surveys/get-survey.ts';
import { id, time, timeOf } from '../api.ts';

/** Spoken one after the other; more than twenty nobody answers by phone. */
export const questionTexts = z.array(z.string().trim().min(1).max(500)).max(20);

const rate = z.object({
  invited: z.int(),
  percent: z.int().describe('How many of them finished, in whole percent'),
});

export const surveyRow = z.object({
  id,
  name: z.string(),
  language: z.string(),
  opensAt: time.nullable(),
  closesAt: time.nullable(),
  createdAt: time,
  questionCount: z.int(),
});

export const surveyDetail = surveyRow.omit({ questionCount: true }).extend({
  minimumGroup: z.int().describe('Groups smaller than this are not shown'),
  questions: z.array(z.object({ id, position: z.int(), text: z.string() })),
  batches: z.array(
    z.object({ id, name: z.string(), groupKey: z.string(), createdAt: time, revokedAt: time.nullable() }),
  ),
  participation: z.object({
    overall: rate.nullable(),
    groups: z.array(rate.extend({ groupKey: z.string() })),
  }),
});

export function toSurveyDetail(survey: SurveyDetail): z.infer<typeof surveyDetail> {
  return {
    ...survey,
    opensAt: timeOf(survey.opensAt),
    closesAt: timeOf(survey.closesAt),
    createdAt: survey.createdAt.toISOString(),
    batches: survey.batches.map((batch) => ({
      ...batch,
      createdAt: batch.createdAt.toISOString(),
      revokedAt: timeOf(batch.revokedAt),
    })),
  };
}
