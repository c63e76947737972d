import type { Platform } from '../../platform/platform.ts';
import { analyzeDictation } from './analyze-for-review.ts';
import type { SettledInput } from './finalize-schema.ts';
import { keepUnits } from './keep-units.ts';
import { matchUnits } from './match-units.ts';
import { planReport, type ReportPlan } from './plan-report.ts';
import { ReviewFault } from './review-fault.ts';

/**
 * What a correction makes of a report. Units that the input does not name are those of the version in force, as far as
 * their words stand; see `keep-units.ts`.
 * @throws ReviewFault in words for the person
 */
export async function planCorrected<Input extends SettledInput>(
  platform: Pick<Platform, 'database'>,
  { reportId, dictationId }: { reportId: string; dictationId: string },
  input: Input,
): Promise<{ plan: ReportPlan; input: Input }> {
  const analyzed = await analyzeDictation(platform, dictationId, input.text);
  const units = input.units ?? (await cutAgain(platform, reportId, input.text, analyzed.analysis.units));
  // Without codes of its own each keeps those that it has; a new one gets what software suggests.
  const cut = { ...input, units: units.map((unit) => ({ codes: [], ...unit })) };
  const planned = planReport(cut, analyzed);
  if (planned.ok) return { plan: planned.plan, input: cut };
  throw new ReviewFault(`The correction of report ${reportId} does not fit its text`, {
    userMessage: planned.fault,
    at: planned.at ?? null,
  });
}

async function cutAgain(
  { database }: Pick<Platform, 'database'>,
  reportId: string,
  text: string,
  suggested: Parameters<typeof keepUnits>[1]['suggested'],
) {
  const report = await database.prisma.report.findUniqueOrThrow({
    where: { id: reportId },
    select: { transcript: { select: { text: true } }, units: inForce },
  });
  const units = report.units.map(({ startOffset: start, endOffset: end, newParagraph: para }) => ({
    start,
    end,
    para,
  }));
  return keepUnits({ text: report.transcript.text, units }, { text, suggested });
}

const inForce = {
  where: { retired: false },
  orderBy: [{ startOffset: 'asc' as const }, { number: 'asc' as const }],
  select: { number: true, text: true, startOffset: true, endOffset: true, newParagraph: true },
};

export interface CorrectionPreview {
  /** Of the corrected text, in its order; null: gets a new number. */
  units: { number: number | null; text: string }[];
  /** Those that would not be in force any more. */
  gone: { number: number; text: string }[];
}

/** What a correction would do to the units. Writes nothing. @throws ReviewFault */
export async function previewCorrection(
  platform: Pick<Platform, 'database'>,
  { reportId, dictationId, text }: { reportId: string; dictationId: string; text: string },
): Promise<CorrectionPreview> {
  const [{ plan }, before] = await Promise.all([
    planCorrected(platform, { reportId, dictationId }, { text, anchors: [], headingCertainty: 'suggested' }),
    platform.database.prisma.thoughtUnit.findMany({ ...inForce, where: { reportId, retired: false } }),
  ]);
  const matches = matchUnits(
    before.map((unit) => unit.text),
    plan.units.map((unit) => unit.text),
  );
  const kept = new Set(matches);
  return {
    units: plan.units.map((unit, at) => {
      const match = matches[at] ?? null;
      return { number: match === null ? null : (before[match]?.number ?? null), text: unit.text };
    }),
    gone: before.flatMap((unit, at) => (kept.has(at) ? [] : [{ number: unit.number, text: unit.text }])),
  };
}
