import { hashPin } from '../../../platform/auth/pins.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createProposal } from '../../../proposals/create-proposal.ts';
import { createSurvey } from '../../../surveys/create-survey.ts';
import { invite } from '../../../surveys/invite.ts';

export interface World {
  lines: Record<'report' | 'survey' | 'proposal', string>;
  reps: { id: string; phone: string; shortNumber: string }[];
  pin: string;
  strangePhone: string;
  anonymousIds: string[];
}

const PIN = '246813';
const REPS = 24;
const INVITATIONS = 400;

/** Who calls and what they can call. */
export async function makeWorld(platform: Pick<Platform, 'database' | 'config'>): Promise<World> {
  const { prisma } = platform.database;
  const pinHash = await hashPin(platform.config.secret, PIN);
  const reps: World['reps'] = [];
  for (let number = 1; number <= REPS; number += 1) {
    const [phone, shortNumber] = [`+1555013${String(number).padStart(4, '0')}`, String(3000 + number)];
    const { id } = await prisma.user.create({
      data: {
        email: `rep${number}@example.com`,
        name: `Rep ${number}`,
        roles: ['rep'],
        shortNumber,
        pinHash,
        phones: { create: { number: phone } },
      },
    });
    reps.push({ id, phone, shortNumber });
  }
  const survey = await createSurvey(platform, {
    name: 'How are we doing?',
    questions: ['First?', 'Second?'],
  });
  const issued = await invite(platform, { surveyId: survey.id, name: 'All', count: INVITATIONS });
  const { id: proposalId } = await createProposal(platform, {
    title: 'Bid',
    sections: [
      { number: '1', title: 'Need' },
      { number: '1.1', title: 'Today' },
      { number: '2', title: 'Approach' },
      { number: '2.1', title: 'Pumps' },
    ],
    memberIds: reps.map(({ id }) => id),
  });
  const lines = { report: '+15550140001', survey: '+15550140002', proposal: '+15550140003' };
  await prisma.line.createMany({
    data: [
      { number: lines.report, purpose: 'report', name: 'the report line' },
      { number: lines.survey, purpose: 'survey', name: 'the survey line', surveyId: survey.id },
      { number: lines.proposal, purpose: 'proposal', name: 'the proposal line', proposalId },
    ],
  });
  const anonymousIds = issued.anonymousIds.map((id) => id.replaceAll(/\D/g, ''));
  return { lines, reps, pin: PIN, strangePhone: '+15550199999', anonymousIds };
}
