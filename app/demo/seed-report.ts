import { randomUUID } from 'node:crypto';
import { createSettableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { type FinalizeHooks, finalizeJob } from '../../transcription/reports/finalize-job.ts';
import { createDelivery, deliverNow } from './deliver-now.ts';
import type { PlannedDemoReport } from './plan-reports.ts';
import type { DemoMentions, DemoTimes } from './read-company.ts';
import { dictationIds, seedDictation } from './seed-dictation.ts';
import { settledByPeople } from './settled-by-people.ts';

export interface SeedReportDeps {
  platform: Platform;
  /** Those of the transaction; nobody needs to be woken, because the seed delivers by itself, in order. */
  hooks: Pick<FinalizeHooks, 'afterFinalize'>;
  times: DemoTimes;
  mentions: DemoMentions;
  /** Later than seeding takes, so that nobody gives a job back in the middle. */
  leaseExpiresAt: Date;
}

/**
 * A demo report from the dictation to the CRM, through the services that every report goes through. Done twice it
 * changes nothing; cut short, the next time goes on where it was.
 * @returns the report's id; null for one that waits to be typed
 */
export async function seedReport(
  { platform, hooks, times, mentions, leaseExpiresAt }: SeedReportDeps,
  planned: PlannedDemoReport,
  ids: { speakerId: string; lineId: string; transcriptionistId: string },
): Promise<string | null> {
  const { database } = platform;
  const { report, finalizedAt, shiftDays } = planned;
  const { dictationId, jobId } = dictationIds(planned);
  // Set to the time at which each thing happened.
  const clock = createSettableClock(planned.calledAt);
  const then = { ...platform, clock };
  await seedDictation(then, planned, ids);
  if (finalizedAt === null) return null;

  clock.set(finalizedAt);
  const leaseToken = randomUUID();
  const claimed = await database.prisma.job.updateMany({
    where: { id: jobId, status: { in: ['waiting', 'claimed'] } },
    data: {
      status: 'claimed',
      claimedById: ids.transcriptionistId,
      leaseToken,
      leaseExpiresAt,
      claimedAt: finalizedAt,
    },
  });
  if (claimed.count > 0) {
    const unitStartsMs = planned.kind === 'audio' ? (times[report.id]?.unitStartsMs ?? null) : null;
    const settled = settledByPeople(report, { shiftDays, unitStartsMs, mentions: mentions[report.id] });
    const done = await finalizeJob(then, hooks, {
      ...settled,
      jobId,
      leaseToken,
      userId: ids.transcriptionistId,
    });
    // The synthesizer told where its units are: nobody needs to listen for that.
    await database.pool.query('update report set aligned_transcript_id = transcript_id where id = $1', [
      done.reportId,
    ]);
  }
  const { id: reportId } = await database.prisma.report.findUniqueOrThrow({
    where: { dictationId },
    select: { id: true },
  });
  clock.set(new Date(finalizedAt.getTime() + 1000));
  await deliverNow(createDelivery(then), reportId);
  return reportId;
}
