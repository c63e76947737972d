import type { Platform } from '../../platform/platform.ts';
import { createProposal } from '../../proposals/create-proposal.ts';
import { createSurvey } from '../../surveys/create-survey.ts';
import { invite } from '../../surveys/invite.ts';
import { DEMO_BATCH, demoAnonymousIds } from './demo-anonymous-ids.ts';
import { DEMO_LINES, DEMO_REPS, DEMO_STAFF } from './demo-people.ts';
import { SURVEY_ANSWERS } from './survey-answers.ts';

const SURVEY = 'How are we doing this year?';
const PROPOSAL = 'Booster station upgrade';
const DAY = 24 * 3_600_000;

const QUESTIONS = [
  'When our people last came out to you, how did it go?',
  'What about our pumps and valves would you change, if you could change one thing?',
  'What would make you buy from somebody else?',
  'Is there anything that nobody has asked you about?',
];

const OUTLINE = [
  { number: '1', title: 'Understanding of the need', guidance: 'What the utility told us, in its words.' },
  { number: '1.1', title: 'The station today', pageLimit: 2 },
  { number: '1.2', title: 'What has to change, and by when', pageLimit: 2 },
  { number: '2', title: 'Approach', guidance: 'Why this design and no other.' },
  { number: '2.1', title: 'Pumps and controls', pageLimit: 4 },
  { number: '2.2', title: 'Keeping water on during the work', guidance: 'They were out for a day in 2024.' },
  { number: '3', title: 'People and experience' },
  { number: '3.1', title: 'Similar stations', guidance: 'Three, with names to call.', pageLimit: 3 },
  { number: '4', title: 'Schedule and price' },
];

type Needs = Pick<Platform, 'database' | 'config' | 'clock'>;

async function seedSurvey(platform: Needs): Promise<string> {
  const { prisma } = platform.database;
  const found = await prisma.survey.findFirst({
    where: { name: SURVEY },
    include: { batches: true, questions: true },
  });
  const survey =
    found ??
    (await createSurvey(platform, {
      name: SURVEY,
      opensAt: new Date(platform.clock.now().getTime() - 7 * DAY),
      questions: QUESTIONS,
    }));
  for (const groupKey of ['Southwest', 'Midwest']) {
    const name = `Customers, ${groupKey}`;
    if (!survey.batches.some((batch) => batch.name === name))
      await invite(platform, { surveyId: survey.id, name, groupKey, count: 20 });
  }
  if (!survey.batches.some((batch) => batch.name === DEMO_BATCH)) {
    const given = demoAnonymousIds(platform.config.secret);
    await invite(platform, {
      surveyId: survey.id,
      name: DEMO_BATCH,
      groupKey: 'Midwest',
      count: given.length,
      given,
    });
  }
  await seedResponses(platform, survey);
  return survey.id;
}

/** Some of those who were invited have called already, and what they said is written down. */
async function seedResponses(
  platform: Needs,
  survey: { id: string; questions: { id: string; position: number }[] },
): Promise<void> {
  const { prisma } = platform.database;
  const day = new Date(platform.clock.now().getTime() - 2 * DAY);
  for (const [groupKey, respondents] of Object.entries(SURVEY_ANSWERS)) {
    await prisma.$transaction(async (tx) => {
      if ((await tx.surveyResponse.count({ where: { surveyId: survey.id, groupKey } })) > 0) return;
      const batch = { surveyId: survey.id, name: `Customers, ${groupKey}` };
      const called = await tx.invitation.findMany({
        where: { batch },
        take: respondents.length,
        orderBy: { idHash: 'asc' },
      });
      await tx.invitation.updateMany({
        where: { idHash: { in: called.map(({ idHash }) => idHash) } },
        data: { finished: true },
      });
      for (const texts of respondents) {
        const answers = survey.questions.map(({ id, position }) => {
          const text = texts[position - 1] ?? null;
          return { questionId: id, done: true, skipped: text === null, text };
        });
        await tx.surveyResponse.create({
          data: { surveyId: survey.id, groupKey, day, complete: true, answers: { create: answers } },
        });
      }
    });
  }
}

async function seedProposal(platform: Needs): Promise<string> {
  const { prisma } = platform.database;
  const found = await prisma.proposal.findFirst({ where: { title: PROPOSAL } });
  if (found) return found.id;
  const emails = [
    ...DEMO_STAFF.filter(({ key }) => key === 'paula').map(({ email }) => email),
    ...DEMO_REPS.filter(({ externalId }) => externalId === 'r2' || externalId === 'r4').map(
      ({ email }) => email,
    ),
  ];
  const members = await prisma.user.findMany({ where: { email: { in: emails } }, select: { id: true } });
  const { id } = await createProposal(platform, {
    title: PROPOSAL,
    customer: 'City of Tempe Water Utilities',
    dueAt: new Date(platform.clock.now().getTime() + 24 * DAY),
    sections: OUTLINE,
    memberIds: members.map((member) => member.id),
  });
  return id;
}

/** Survey, proposal and the three lines; what is there already stays as it is. */
export async function seedLines(platform: Needs): Promise<void> {
  const { prisma } = platform.database;
  const [surveyId, proposalId] = [await seedSurvey(platform), await seedProposal(platform)];
  const turnaroundMinutes = 240;
  await prisma.line.createMany({
    data: [
      { ...DEMO_LINES.report, purpose: 'report', turnaroundMinutes },
      { ...DEMO_LINES.survey, purpose: 'survey', surveyId, turnaroundMinutes: 48 * 60 },
      { ...DEMO_LINES.proposal, purpose: 'proposal', proposalId, turnaroundMinutes: 24 * 60 },
    ],
    skipDuplicates: true,
  });
}
