import { z } from 'zod';
import type { Tx } from '../../../platform/database/database.ts';
import { Conflict } from '../../../platform/errors.ts';
import { correctWithin } from '../../reports/correct-transcript.ts';
import {
  type FinalizeDependencies,
  type FinalizedReport,
  type FinalizeHooks,
  tellCommitted,
} from '../../reports/finalizing.ts';
import { planCorrected } from '../../reports/plan-corrected.ts';
import { countErrors, isError, type JudgedPlace, patternOf } from '../scoring/count-errors.ts';
import { normalizeWords } from '../words/normalize-words.ts';
import { replaceWords } from './compose-settled.ts';
import { lockCheck } from './decide-difference.ts';
import { moveReplacements } from './move-replacements.ts';
import { type CheckToSettle, readCheck, replacementsOf } from './read-check.ts';

export const settleInput = z.object({ revision: z.number().int().min(0) });

/**
 * All differences are decided: both texts get their score, each typist their mistakes, and the settled text becomes the
 * version in force, by the way of any other correction (units keep their numbers, the CRM follows). One transaction.
 *
 * Sent twice: the second finds it settled and changes nothing. Two at once: the check's row is locked, and a verdict
 * that this reviewer has not seen is told to them.
 * @throws NotFound
 * @throws Forbidden this person typed one of the texts
 * @throws Conflict something is not decided, was decided anew meanwhile, or the report was corrected at this moment
 */
export async function settleCheck(
  platform: FinalizeDependencies,
  hooks: FinalizeHooks,
  { checkId, revision, userId }: z.infer<typeof settleInput> & { checkId: string; userId: string },
): Promise<{ scores: { side: 'first' | 'second'; score: number }[]; isCorrected: boolean }> {
  const { clock, database } = platform;
  // Before the transaction: it takes long and locks nothing. Whether it still fits is found out inside.
  const seen = await readCheck(database.prisma, { checkId, userId });
  const inForce = await readInForce(database.prisma, seen);
  const text = replaceWords(
    inForce.text,
    moveReplacements(replacementsOf(seen.differences), seen.first, inForce.text),
  );
  const correction =
    seen.reportId && text !== inForce.text
      ? {
          input: {
            reportId: seen.reportId,
            userId,
            version: inForce.version,
            text,
            anchors: [],
            headingCertainty: 'suggested' as const,
          },
          plan: (
            await planCorrected(
              platform,
              { reportId: seen.reportId, dictationId: seen.dictationId },
              { text, anchors: [], headingCertainty: 'suggested' },
            )
          ).plan,
        }
      : null;

  const done = await database.prisma.$transaction(async (tx) => {
    await lockCheck(tx, checkId);
    const check = await readCheck(tx, { checkId, userId });
    if (check.status === 'settled') return { written: null, isCorrected: false };
    if (check.revision !== revision || check.revision !== seen.revision || check.status !== 'to_settle')
      throw new Conflict(`Check ${checkId} was decided anew`, {
        userMessage:
          'Somebody else has decided something here meanwhile. Look at the list again, then finish.',
      });
    const open = check.differences.filter(({ verdict }) => verdict === null).length;
    if (open > 0)
      throw new Conflict(`Check ${checkId} has ${open} open differences`, {
        userMessage: `${open === 1 ? 'One difference is' : `${open} differences are`} not decided yet.`,
      });
    const now = clock.now();
    await writeScores(tx, check);
    await tx.accuracyCheck.update({
      where: { id: checkId },
      data: { status: 'settled', settledAt: now, settledById: userId },
    });
    if (correction) {
      const { written } = await correctWithin(tx, hooks, { ...correction, now });
      return { written, isCorrected: true };
    }
    if (!check.reportId && text !== inForce.text) {
      await writeVersion(tx, hooks, { check, version: inForce.version, text, userId, now });
      return { written: null, isCorrected: true };
    }
    return { written: null, isCorrected: false };
  });
  if (done.written) await tellCommitted(platform, hooks, done.written satisfies FinalizedReport);
  const scores = await database.prisma.checkScore.findMany({
    where: { checkId },
    orderBy: { side: 'asc' },
    select: { side: true, score: true },
  });
  return { scores, isCorrected: done.isCorrected };
}

/** The text that readers have: the report's version in force, or the newest of a text that makes no report. */
async function readInForce(tx: Tx, check: CheckToSettle): Promise<{ text: string; version: number }> {
  const select = { text: true, version: true } as const;
  if (check.reportId) {
    const report = await tx.report.findUniqueOrThrow({
      where: { id: check.reportId },
      select: { transcript: { select } },
    });
    return report.transcript;
  }
  return tx.transcript.findFirstOrThrow({
    where: { dictationId: check.dictationId },
    orderBy: { version: 'desc' },
    select,
  });
}

/** A text that makes no report (a contribution): its newest version, and what the hooks make of it. */
async function writeVersion(
  tx: Tx,
  hooks: FinalizeHooks,
  {
    check,
    version,
    text,
    userId,
    now,
  }: { check: CheckToSettle; version: number; text: string; userId: string; now: Date },
): Promise<void> {
  const { dictationId } = check;
  await tx.$queryRaw`select id from dictation where id = ${dictationId}::uuid for update`;
  const newest = await tx.transcript.aggregate({ where: { dictationId }, _max: { version: true } });
  if (newest._max.version !== version)
    throw new Conflict(`Dictation ${dictationId} was corrected meanwhile`, {
      userMessage: 'The text was corrected at this moment. Finish again.',
    });
  const { id: transcriptId } = await tx.transcript.create({
    data: { dictationId, version: version + 1, text, anchors: [], authorId: userId, createdAt: now },
    select: { id: true },
  });
  const { answerId, contributionId } = await tx.dictation.findUniqueOrThrow({
    where: { id: dictationId },
    select: { answerId: true, contributionId: true },
  });
  const told = { dictationId, transcriptId, text, answerId, contributionId };
  for (const hook of hooks.afterTranscript ?? []) await hook(tx, told);
}

async function writeScores(tx: Tx, check: CheckToSettle): Promise<void> {
  const { firstTypistId, secondTypistId, typedAt, secondTypedAt } = await tx.accuracyCheck.findUniqueOrThrow({
    where: { id: check.id },
  });
  const words = normalizeWords(check.settled).length;
  const sides = [
    { side: 'first' as const, userId: firstTypistId, at: typedAt },
    { side: 'second' as const, userId: secondTypistId, at: secondTypedAt ?? typedAt },
  ];
  for (const { side, userId, at } of sides) {
    const places = check.differences.map((difference) => ({
      differenceId: difference.id,
      ...judged(difference, side),
    }));
    await tx.checkScore.create({
      data: { checkId: check.id, side, userId, typedAt: at, words, ...countErrors(places) },
    });
    if (!userId) continue;
    await tx.mistake.createMany({
      data: places.filter(isError).map(({ differenceId, typed, right, critical }) => ({
        checkId: check.id,
        differenceId,
        side,
        userId,
        typed,
        right,
        critical,
        pattern: patternOf(typed, right),
        madeAt: at,
      })),
    });
  }
}

function judged(
  { first, second, settledText, verdict, critical }: CheckToSettle['differences'][number],
  side: 'first' | 'second',
): JudgedPlace {
  return {
    typed: side === 'first' ? first.text : second.text,
    right: settledText ?? '',
    isAcceptable: verdict === 'both',
    critical,
  };
}
