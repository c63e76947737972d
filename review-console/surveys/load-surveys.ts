import type { Platform } from '../../platform/platform.ts';
import { requireSurvey } from '../../surveys/get-survey.ts';
import { listSurveys } from '../../surveys/list-surveys.ts';
import { readAnswers } from '../../surveys/read-answers.ts';

type Needs = Pick<Platform, 'clock' | 'database'>;

/** More than anybody has; older ones are reached by their address. */
const LISTED = 200;

/** Where a survey stands today. */
export function stateOf(
  { opensAt, closesAt }: { opensAt: Date | null; closesAt: Date | null },
  now: Date,
): 'soon' | 'open' | 'closed' {
  if (closesAt !== null && closesAt <= now) return 'closed';
  return opensAt !== null && opensAt > now ? 'soon' : 'open';
}

/** Surveys, the newest first, with the lines that ask them. */
export async function loadSurveys({ clock, database }: Needs) {
  const surveys = await listSurveys({ database }, { limit: LISTED });
  const lines = await database.prisma.line.findMany({
    where: { purpose: 'survey', active: true, surveyId: { not: null } },
    select: { number: true, surveyId: true },
  });
  return surveys.map((survey) => ({
    ...survey,
    state: stateOf(survey, clock.now()),
    numbers: lines.filter(({ surveyId }) => surveyId === survey.id).map(({ number }) => number),
  }));
}

/** One survey as its page shows it. @throws NotFound */
export async function loadSurvey(
  { clock, database }: Needs,
  { surveyId, group }: { surveyId: string; group: string | undefined },
) {
  const survey = await requireSurvey({ database }, surveyId);
  const [lines, sizes, answers] = await Promise.all([
    linesOf({ database }, surveyId),
    database.prisma.invitation.groupBy({
      by: ['batchId'],
      where: { batch: { surveyId } },
      _count: { idHash: true },
    }),
    readAnswers({ database }, { surveyId, minimumGroup: survey.minimumGroup, group }),
  ]);
  const batches = survey.batches.map((batch) => ({
    ...batch,
    count: sizes.find(({ batchId }) => batchId === batch.id)?._count.idHash ?? 0,
  }));
  return {
    survey,
    state: stateOf(survey, clock.now()),
    lines,
    batches,
    participation: survey.participation,
    group,
    groups: answers.groups.map((name) => ({ name, isCurrent: name === group })),
    answers: answers.questions,
  };
}

/** The lines on which a survey is asked. */
export function linesOf({ database }: Pick<Needs, 'database'>, surveyId: string) {
  return database.prisma.line.findMany({
    where: { surveyId, purpose: 'survey', active: true },
    orderBy: { createdAt: 'asc' },
    select: { number: true, name: true },
  });
}
