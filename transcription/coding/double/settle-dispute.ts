import type { Tx } from '../../../platform/database/database.ts';
import { Conflict, InvalidInput, NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Prisma } from '../../../prisma/generated/client/client.ts';
import { correctWithin } from '../../reports/correct-transcript.ts';
import { correctInput } from '../../reports/finalize-schema.ts';
import {
  type FinalizeDependencies,
  type FinalizedReport,
  type FinalizeHooks,
  planFor,
  tellCommitted,
} from '../../reports/finalizing.ts';
import { readTwiceCoded } from './read-codings.ts';
import { normalize } from './read-disputes.ts';

export interface SettleDispute {
  codingId: string;
  /** Where the unit begins in the text that both coded. */
  start: number;
  /** What holds, the main code first; empty: neither is wrong, the definition has to say more. */
  codes: string[];
  note: string;
  userId: string;
}

/**
 * Settles a unit that two people coded differently. The two codings stay as they are, so agreement is not made better
 * by it; the report's unit gets the codes as a confirmed correction, by the way that every correction takes, and with
 * it counts and CRMs follow.
 *
 * In one transaction. Twice, or by two at once: the unique place lets one in; the other finds it settled and changes
 * nothing. When the unit is not in the report any more, only the settlement is kept.
 * @returns whether the report's unit has the codes, and whether this call settled it
 * @throws NotFound no such coding or no such unit in both
 * @throws InvalidInput a code that the codebook has not
 */
export async function settleDispute(
  platform: FinalizeDependencies,
  hooks: FinalizeHooks,
  input: SettleDispute,
): Promise<{ inReport: boolean; isNew: boolean }> {
  const { codings } = await readTwiceCoded(platform, { codingId: input.codingId });
  const coding = codings[0];
  const unit = coding?.comparison.shared.find(({ start }) => start === input.start);
  if (!coding || !unit) throw new NotFound(`No unit at ${input.start} of coding ${input.codingId}`);
  await refuseUnknown(platform, input.codes);
  const words = normalize(coding.text.slice(unit.start, unit.end));
  const { reportId } = coding;
  for (let attempt = 1; ; attempt += 1) {
    const correction =
      input.codes.length === 0 ? null : await planSettled(platform, { ...input, reportId }, words);
    try {
      const done = await writeSettlement(platform, hooks, { ...input, reportId, unit, correction });
      if (done.written) await tellCommitted(platform, hooks, done.written);
      return { inReport: correction !== null, isNew: done.isNew };
    } catch (error) {
      // Another unit of the same report was settled between planning and writing: planned again on what is there.
      if (!(error instanceof ReportMoved) || attempt === ATTEMPTS) throw error;
    }
  }
}

const ATTEMPTS = 3;

class ReportMoved extends Conflict {}

async function writeSettlement(
  platform: FinalizeDependencies,
  hooks: FinalizeHooks,
  settling: SettleDispute & {
    reportId: string;
    unit: { start: number; end: number };
    correction: Correction | null;
  },
): Promise<{ isNew: boolean; written: FinalizedReport | null }> {
  const { codingId, codes, note, userId, reportId, unit, correction } = settling;
  const now = platform.clock.now();
  return platform.database.prisma.$transaction(async (tx) => {
    const added = await tx.codingSettlement.createMany({
      data: [
        {
          codingId,
          startOffset: unit.start,
          endOffset: unit.end,
          codes,
          inReport: correction !== null,
          note,
          settledById: userId,
          settledAt: now,
        },
      ],
      skipDuplicates: true,
    });
    if (added.count === 0) return { isNew: false, written: null };
    await tx.auditEntry.create({
      data: {
        at: now,
        actorId: userId,
        action: 'coding.settled',
        subjectType: 'report',
        subjectId: reportId,
        detail: { codes },
      },
    });
    return { isNew: true, written: correction ? await write(tx, hooks, correction, now) : null };
  });
}

type Correction = Parameters<typeof correctWithin>[2] extends { input: infer I; plan: infer P }
  ? { input: I; plan: P; heard: { anchors: Prisma.InputJsonValue; places?: Prisma.InputJsonValue } }
  : never;

/** The report as it stands, with other codes for one unit. Null when no unit of it has these words any more. */
async function planSettled(
  platform: Pick<Platform, 'database'>,
  { reportId, userId, codes }: { reportId: string; userId: string; codes: readonly string[] },
  words: string,
): Promise<Correction | null> {
  const report = await platform.database.prisma.report.findUniqueOrThrow({
    where: { id: reportId },
    include: { transcript: true, units: { where: { retired: false }, orderBy: { startOffset: 'asc' } } },
  });
  const target = report.units.find(({ text }) => normalize(text) === words);
  if (!target) return null;
  const settled = correctInput.parse({
    version: report.transcript.version,
    text: report.transcript.text,
    units: report.units.map((unit) => ({
      start: unit.startOffset,
      end: unit.endOffset,
      para: unit.newParagraph,
      // No codes: what the unit has stays.
      codes: unit.id === target.id ? codes : [],
    })),
  });
  const plan = await planFor(platform, report.dictationId, settled);
  const { anchors, places } = report.transcript;
  const heard = { anchors: anchors ?? [], ...(places && { places }) };
  return { input: { ...settled, reportId, userId }, plan, heard };
}

/** @throws ReportMoved the report was corrected since this was planned */
async function write(
  tx: Tx,
  hooks: FinalizeHooks,
  { input, plan, heard }: Correction,
  now: Date,
): Promise<FinalizedReport | null> {
  const [report] = await tx.$queryRaw<{ version: number }[]>`
    select transcript.version from report join transcript on transcript.id = report.transcript_id
    where report.id = ${input.reportId}::uuid for update of report`;
  if (report?.version !== input.version)
    throw new ReportMoved(`Report ${input.reportId} was corrected meanwhile`);
  const { version, written } = await correctWithin(tx, hooks, { input, plan, now });
  // The words are the same, so the places of the typing hold as well; the units keep theirs.
  if (written)
    await tx.transcript.updateMany({
      where: { dictation: { report: { id: input.reportId } }, version },
      data: heard,
    });
  return written;
}

async function refuseUnknown(
  { database }: Pick<Platform, 'database'>,
  codes: readonly string[],
): Promise<void> {
  const newest = await database.prisma.codebook.findFirst({
    orderBy: { version: 'desc' },
    select: { codes: { select: { key: true } } },
  });
  const known = new Set(newest?.codes.map(({ key }) => key));
  const unknown = codes.find((code) => !known.has(code));
  if (unknown !== undefined)
    throw new InvalidInput('settled with a code that the codebook in force has not', {
      userMessage: `The codebook in force has no code ${unknown}. Choose another.`,
    });
}
