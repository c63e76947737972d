import { randomUUID } from 'node:crypto';
import { createSettableClock } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import type { Platform } from '../../platform/platform.ts';
import { openContribution } from '../../proposals/phone/open-contribution.ts';
import { writeContribution } from '../../proposals/write-contribution-text.ts';
import { finalizeJob } from '../../transcription/reports/finalize-job.ts';
import { demoId, demoNumber } from './demo-id.ts';
import { DEMO_LINES, DEMO_REPS, DEMO_STAFF } from './demo-people.ts';

const HOUR = 3_600_000;
/** Words a second of somebody who dictates. */
const SPEAKING_RATE = 2.7;
/** From the call to the text. */
const TYPED_AFTER_MS = 3 * HOUR;

interface DemoContribution {
  name: string;
  section: string;
  /** External id of a rep, or key of somebody of the staff. */
  by: string;
  hoursAgo: number;
  text: string;
}

const CONTRIBUTIONS: readonly DemoContribution[] = [
  {
    name: 'need',
    section: '1.2',
    by: 'r2',
    hoursAgo: 98,
    text: 'The station has to carry the summer peak with one pump out of service, and it has to do so before the first of June. They told us twice that June is not a wish: the north zone grows by four hundred connections this spring.\n\nThey also want to see from the office which pump runs and what it draws. Today somebody drives out and looks.',
  },
  {
    name: 'bypass',
    section: '2.2',
    by: 'r4',
    hoursAgo: 75,
    text: 'They were out for a whole day in 2024 and it was in the paper, so this section decides. We bring a skid with two pumps, we tie it in on a Sunday night, and it carries the zone for the six weeks of the work. Nobody is without water for longer than it takes to turn two valves.',
  },
  {
    name: 'rehearsal',
    section: '2.2',
    by: 'paula',
    hoursAgo: 51,
    text: 'Let us add that we rehearse the switch with their operators the week before, in daylight, with the old station still running. If anything leaks we turn back and nobody has noticed.',
  },
];

type Needs = Pick<Platform, 'clock' | 'database' | 'events' | 'log'>;

/**
 * What contributors have dictated into the demo proposal, through the services that a call and a typist go through;
 * the audio of it was destroyed after typing. Done twice it changes nothing; cut short, the next time goes on.
 */
export async function seedContributions(
  platform: Needs,
  { now, leaseExpiresAt }: { now: Date; leaseExpiresAt: Date },
): Promise<void> {
  const { prisma } = platform.database;
  const line = await prisma.line.findUniqueOrThrow({ where: { number: DEMO_LINES.proposal.number } });
  const userId = async (key: string) => {
    const email = [
      ...DEMO_REPS.map((rep) => ({ key: rep.externalId, email: rep.email })),
      ...DEMO_STAFF,
    ].find((person) => person.key === key)?.email;
    return (await prisma.user.findUniqueOrThrow({ where: { email: email ?? '' } })).id;
  };
  const typistId = await userId('tess');
  for (const { name, section, by, hoursAgo, text } of CONTRIBUTIONS) {
    const saidAt = new Date(now.getTime() - hoursAgo * HOUR);
    const clock = createSettableClock(saidAt);
    const contributionId = demoId(`contribution ${name}`, saidAt);
    const speakerId = await userId(by);
    const { id: sectionId } = await prisma.proposalSection.findUniqueOrThrow({
      where: { proposalId_number: { proposalId: line.proposalId ?? '', number: section } },
    });
    await inTransaction(platform.database.pool, (client) =>
      openContribution(client, { contributionId, sectionId, userId: speakerId, now: saidAt }),
    );
    const jobId = await seedDictation(platform, { name, text, saidAt, contributionId, speakerId, line });
    clock.advance(TYPED_AFTER_MS);
    const leaseToken = randomUUID();
    const claimed = await prisma.job.updateMany({
      where: { id: jobId, status: { in: ['waiting', 'claimed'] } },
      data: { status: 'claimed', claimedById: typistId, leaseToken, leaseExpiresAt, claimedAt: clock.now() },
    });
    if (claimed.count === 0) continue;
    const hooks = { afterFinalize: [], afterTranscript: [writeContribution] };
    const settled = { text, anchors: [], headingCertainty: 'confirmed' as const };
    await finalizeJob({ ...platform, clock }, hooks, { ...settled, jobId, leaseToken, userId: typistId });
  }
}

async function seedDictation(
  { database }: Pick<Platform, 'database'>,
  {
    name,
    text,
    saidAt,
    contributionId,
    speakerId,
    line,
  }: {
    name: string;
    text: string;
    saidAt: Date;
    contributionId: string;
    speakerId: string;
    line: { id: string; turnaroundMinutes: number };
  },
): Promise<string> {
  const dictationId = demoId(`dictation of contribution ${name}`, saidAt);
  const jobId = demoId(`job of contribution ${name}`, saidAt);
  if (await database.prisma.dictation.findUnique({ where: { id: dictationId }, select: { id: true } }))
    return jobId;
  const durationSeconds = Math.round(text.split(/\s+/).length / SPEAKING_RATE);
  const endedAt = new Date(saidAt.getTime() + durationSeconds * 1000);
  const recording = {
    id: demoId(`recording of contribution ${name}`, saidAt),
    part: 1,
    status: 'destroyed' as const,
    durationSeconds,
    createdAt: saidAt,
    announcedAt: endedAt,
    verifiedAt: endedAt,
    destroyedAt: new Date(saidAt.getTime() + TYPED_AFTER_MS + 1000),
  };
  await database.prisma.dictation.create({
    data: {
      id: dictationId,
      reference: String(1_000_000 + demoNumber(`reference of contribution ${name}`, 9_000_000)),
      lineId: line.id,
      speakerId,
      contributionId,
      status: 'submitted',
      startedAt: saidAt,
      submittedAt: endedAt,
      durationSeconds,
      recordings: { create: recording },
      job: {
        create: {
          id: jobId,
          status: 'waiting',
          createdAt: endedAt,
          dueAt: new Date(endedAt.getTime() + line.turnaroundMinutes * 60_000),
        },
      },
    },
  });
  return jobId;
}
