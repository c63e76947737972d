import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AnsweredPassage, readAnsweredPassage } from '../doubts/answer-to.ts';
import { correctWithin } from './correct-transcript.ts';
import type { FinalizedReport, FinalizeHooks } from './finalizing.ts';
import { planCorrected } from './plan-corrected.ts';
import type { ReportPlan } from './plan-report.ts';

/** What the answer to a doubt makes of the report in which the passage stands. */
export interface PlannedCorrection extends AnsweredPassage {
  corrected: string;
  /** Where the typed words stand in it. */
  typed: { start: number; end: number };
  plan: ReportPlan;
}

/**
 * The speaker has said an unclear passage of a finished report again, and somebody has typed it: these words take the
 * passage's place. Out: null when the dictation is no such answer.
 */
export async function planCorrection(
  platform: Pick<Platform, 'database'>,
  { dictationId, text }: { dictationId: string; text: string },
): Promise<PlannedCorrection | null> {
  const passage = await readAnsweredPassage(platform.database.prisma, dictationId);
  if (!passage) return null;
  const { corrected, typed } = putIn(passage, text.trim());
  const { plan } = await planCorrected(platform, passage, {
    text: corrected,
    anchors: [],
    headingCertainty: 'suggested',
  });
  return { ...passage, corrected, typed, plan };
}

/** Words in place of a passage; where it is a point between words, with a space to either side. Pure. */
export function putIn(
  { text, start, end }: { text: string; start: number; end: number },
  words: string,
): { corrected: string; typed: { start: number; end: number } } {
  const before = text.slice(0, start);
  const behind = text.slice(end);
  const space = (is: boolean) => (is && start === end ? ' ' : '');
  const lead = space(/\S$/.test(before));
  const trail = space(/^[\p{L}\p{N}]/u.test(behind));
  const from = start + lead.length;
  return {
    corrected: `${before}${lead}${words}${trail}${behind}`,
    typed: { start: from, end: from + words.length },
  };
}

/**
 * In the transaction that finishes the answer's job: the report gets another version, the doubt is settled. Out: what
 * to tell when it is committed; null when the passage stays as it was.
 * @throws Conflict the report was corrected since the plan was made; the same request again plans anew
 */
export async function applyCorrection(
  tx: Tx,
  hooks: FinalizeHooks,
  planned: PlannedCorrection,
  { userId, now }: { userId: string; now: Date },
): Promise<FinalizedReport | null> {
  const { reportId, version, corrected, plan, typed, doubtId } = planned;
  const isSame = corrected === planned.text;
  const done = isSame
    ? null
    : await correctWithin(tx, hooks, {
        input: {
          reportId,
          userId,
          version,
          text: corrected,
          anchors: [],
          headingCertainty: 'suggested',
        },
        plan,
        now,
      });
  await tx.doubtMark.update({
    where: { id: doubtId },
    data: { resolvedAt: now, ...(!isSame && { startOffset: typed.start, endOffset: typed.end }) },
  });
  return done?.written ?? null;
}
