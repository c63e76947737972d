import type { SettableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { markQuestionHeard } from '../../transcription/standing-questions/question-to-hear.ts';
import { addStandingQuestion } from '../../transcription/standing-questions/standing-questions.ts';
import { DEMO_STAFF } from './demo-people.ts';
import type { FinishedDemoReport } from './seed-readings.ts';

const DAY_MS = 24 * 3_600_000;
const JUST_BEFORE_MS = 40_000;

/** The second one nobody has heard yet: whoever tries the phone hears one or the other. */
const QUESTIONS = [
  { text: 'Who offers free trials or demo pumps?', askedDaysAgo: 9 },
  { text: 'Any reaction to the price change?', askedDaysAgo: 0.05 },
];

/** What the office asks; reps who reported since have heard it. What is there already stays as it is. */
export async function seedQuestions(
  platform: Platform & { clock: SettableClock },
  finished: readonly FinishedDemoReport[],
  now: Date,
): Promise<void> {
  const { clock, database } = platform;
  const { prisma, pool } = database;
  const { id: createdById } = await prisma.user.findUniqueOrThrow({
    where: { email: DEMO_STAFF[0]?.email ?? '' },
  });
  for (const { text, askedDaysAgo } of QUESTIONS) {
    const askedAt = new Date(now.getTime() - askedDaysAgo * DAY_MS);
    const found = await prisma.standingQuestion.findFirst({ where: { text }, select: { id: true } });
    clock.set(askedAt);
    const questionId = found?.id ?? (await addStandingQuestion(platform, { text, createdById })).questionId;
    const oldestFirst = finished.toSorted((a, b) => saidMs(a) - saidMs(b));
    for (const report of oldestFirst.filter((each) => saidMs(each) > askedAt.getTime())) {
      const heardAt = new Date(saidMs(report) - JUST_BEFORE_MS);
      await markQuestionHeard(pool, { questionId, userId: report.speakerId, now: heardAt });
    }
  }
  clock.set(now);
}

function saidMs({ planned }: FinishedDemoReport): number {
  return planned.calledAt.getTime();
}
