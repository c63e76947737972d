import type { Platform } from '../../../platform/platform.ts';
import { createProposal } from '../../../proposals/create-proposal.ts';
import { storeAudio } from '../workbench/store-audio.ts';

/** A proposal with what two people contributed to it: one text, one that waits for its text. */
export async function buildProposal(
  platform: Pick<Platform, 'clock' | 'database' | 'objects'>,
  { lineId, contributorIds }: { lineId: string; contributorIds: [string, string] },
): Promise<string> {
  const { prisma } = platform.database;
  const now = platform.clock.now();
  const { id, sections } = await createProposal(platform, {
    title: 'Booster station upgrade',
    customer: 'City of Tempe Water Utilities',
    dueAt: new Date(now.getTime() + 20 * 24 * 3_600_000),
    sections: [
      {
        number: '1',
        title: 'Understanding of the need',
        guidance: 'What the utility told us, in its words.',
      },
      { number: '1.1', title: 'What has to change, and by when', pageLimit: 2 },
      { number: '1.1.1', title: 'Peak load' },
      { number: '2', title: 'Schedule and price' },
    ],
    memberIds: contributorIds,
  });
  const texts = [
    'The station has to carry the summer peak.\n\nThey told us twice that June is no wish.',
    null,
  ];
  for (const [at, text] of texts.entries()) {
    const contributorId = contributorIds[at] ?? contributorIds[0];
    const contribution = await prisma.contribution.create({
      data: { sectionId: sections[1]?.id ?? '', contributorId, text, createdAt: now },
    });
    const { id: dictationId } = await prisma.dictation.create({
      data: {
        reference: String(7_000_000 + at),
        lineId,
        speakerId: contributorId,
        contributionId: contribution.id,
        status: text === null ? 'submitted' : 'transcribed',
        startedAt: now,
        submittedAt: now,
      },
    });
    const data = await storeAudio(platform.objects, dictationId, 12);
    await prisma.dictation.update({ where: { id: dictationId }, data });
  }
  return id;
}
