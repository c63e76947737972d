import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { analyzeDictation } from './analyze-for-review.ts';
import type { SettledInput } from './finalize-schema.ts';
import { planReport, type ReportPlan } from './plan-report.ts';
import { ReviewFault } from './review-fault.ts';

export interface FinalizedReport {
  reportId: string;
  transcriptVersion: number;
  kind: 'finalized' | 'corrected';
}

/** Runs in the transaction that writes the report; what it throws undoes everything. */
export type AfterFinalize = (tx: Tx, report: FinalizedReport) => Promise<void>;

/** A final text that makes no report: an answer to a survey, a contribution to a proposal. */
export type AfterTranscript = (
  tx: Tx,
  transcript: {
    dictationId: string;
    transcriptId: string;
    text: string;
    answerId: string | null;
    contributionId: string | null;
  },
) => Promise<void>;

export interface FinalizeHooks {
  afterFinalize: readonly AfterFinalize[];
  afterTranscript?: readonly AfterTranscript[];
  /** When it is committed: wake workers. What it throws is logged; a sweep does the same later. */
  afterCommit?: readonly ((report: FinalizedReport) => Promise<void>)[];
}

export type FinalizeDependencies = Pick<Platform, 'clock' | 'database' | 'events' | 'log'>;

/** After the commit: screens hear of it, workers are woken. */
export async function tellCommitted(
  { events, log }: Pick<Platform, 'events' | 'log'>,
  hooks: FinalizeHooks,
  report: FinalizedReport,
): Promise<void> {
  const { reportId } = report;
  await events.publish('report.finalized', { reportId });
  for (const hook of hooks.afterCommit ?? []) {
    await hook(report).catch((err) =>
      log.error({ err, reportId }, 'not woken after finalizing; the sweep will'),
    );
  }
}

/** @throws ReviewFault in words for the person */
export async function planFor(
  platform: Pick<Platform, 'database'>,
  dictationId: string,
  input: SettledInput,
): Promise<ReportPlan> {
  const planned = planReport(input, await analyzeDictation(platform, dictationId, input.text));
  if (planned.ok) return planned.plan;
  throw new ReviewFault(`The review of dictation ${dictationId} does not fit its text`, {
    userMessage: planned.fault,
    at: planned.at ?? null,
  });
}
