import type { Tx } from '../platform/database/database.ts';
import { Conflict, InvalidInput, NotFound } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { arrangeOutline, type OutlineSection } from './outline.ts';
import { MAY_BE_SAID } from './was-said.ts';

/**
 * Makes the outline be what is given: sections are known by their numbers, so what was dictated into 1.2 stays in
 * 1.2. Throws InvalidInput for a broken outline, Conflict when a section that is left out holds contributions.
 */
export async function writeOutline(tx: Tx, proposalId: string, given: OutlineSection[]): Promise<void> {
  const { sections, problem } = arrangeOutline(given);
  if (problem !== null) throw new InvalidInput('broken outline', { userMessage: problem });
  const numbers = sections.map(({ number }) => number);
  const used = await tx.proposalSection.findFirst({
    where: { proposalId, number: { notIn: numbers }, contributions: { some: MAY_BE_SAID } },
    orderBy: { position: 'asc' },
  });
  if (used)
    throw new Conflict('section has contributions', {
      userMessage: `Somebody has dictated into section ${used.number}, so it can't be left out. Keep it, or move what was said first.`,
    });
  const idByNumber = new Map<string, string>();
  // Parents come before their children in the arranged order.
  for (const { parentNumber, number, ...content } of sections) {
    const data = {
      ...content,
      parentId: parentNumber === null ? null : (idByNumber.get(parentNumber) ?? null),
    };
    const { id } = await tx.proposalSection.upsert({
      where: { proposalId_number: { proposalId, number } },
      update: data,
      create: { ...data, proposalId, number },
    });
    idByNumber.set(number, id);
  }
  // A section takes its children with it; none of those is wanted, or the arranged outline would have its parent.
  await tx.proposalSection.deleteMany({ where: { proposalId, number: { notIn: numbers } } });
}

/** `writeOutline` in a transaction of its own; locks the proposal's row. Throws NotFound besides. */
export async function setOutline(
  { database }: Pick<Platform, 'database'>,
  { proposalId, sections }: { proposalId: string; sections: OutlineSection[] },
): Promise<void> {
  await database.prisma.$transaction(async (tx) => {
    await lockProposal(tx, proposalId);
    await writeOutline(tx, proposalId, sections);
  });
}

/** Locks the proposal's row until the transaction ends. Throws NotFound. */
export async function lockProposal(tx: Tx, proposalId: string): Promise<void> {
  const rows = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM proposal WHERE id = ${proposalId}::uuid FOR UPDATE`;
  if (rows.length === 0) throw new NotFound('no such proposal');
}
