import { enqueueStep } from '../../crm-sync/outbox/enqueue-step.ts';
import type { SettableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { completeStep } from '../../transcription/reports/complete-step.ts';
import { createDelivery, deliverNow } from './deliver-now.ts';
import { demoNumber } from './demo-id.ts';
import type { FinishedDemoReport } from './seed-readings.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So many of those whose day has passed, the latest, are still open. */
const OVERDUE = 3;
/** What has no day is done, or has been forgotten, within so long. */
const WITHOUT_DAY_MS = 9 * DAY;

interface PromisedStep {
  position: number;
  due: Date | null;
  finished: FinishedDemoReport;
}

/** When a step was done: on its day or the one before, in working hours, after the report. Null: it is still open. */
function doneAt({ position, due, finished: { planned } }: PromisedStep, now: Date): Date | null {
  const said = planned.finalizedAt?.getTime() ?? 0;
  const some = (what: string, below: number) => demoNumber(`${what} ${planned.report.id} ${position}`, below);
  const day = due?.getTime() ?? Math.floor(said / DAY) * DAY + WITHOUT_DAY_MS;
  // Between 15:00 and 22:00 UTC, which is daytime all over the country.
  const early = some('early', 3) === 0 ? DAY : 0;
  const at = Math.max(day - early + 15 * HOUR + some('hour', 7 * 60) * 60_000, said + HOUR);
  return at < now.getTime() - HOUR ? new Date(at) : null;
}

/**
 * Reps have done what they promised, but for the latest few whose day has passed; who dictated ticks it off. Done
 * twice it changes nothing.
 */
export async function seedDoneSteps(
  platform: Platform & { clock: SettableClock },
  finished: readonly FinishedDemoReport[],
  now: Date,
): Promise<void> {
  const byReport = new Map(finished.map((report) => [report.reportId, report]));
  const rows = await platform.database.prisma.nextStep.findMany({
    where: { reportId: { in: [...byReport.keys()] } },
    select: { reportId: true, position: true, due: true },
    orderBy: [{ due: { sort: 'desc', nulls: 'last' } }, { reportId: 'asc' }, { position: 'asc' }],
  });
  const steps = rows.flatMap(({ reportId, ...step }): PromisedStep[] => {
    const report = byReport.get(reportId);
    return report ? [{ ...step, finished: report }] : [];
  });
  // A day has passed when it is over where the reps are, some hours after midnight UTC.
  const yesterday = Math.floor((now.getTime() - 8 * HOUR) / DAY) * DAY - DAY;
  const overdue = new Set(steps.filter(({ due }) => due && due.getTime() <= yesterday).slice(0, OVERDUE));
  const delivery = createDelivery(platform);
  for (const step of steps) {
    const at = overdue.has(step) ? null : doneAt(step, now);
    if (at === null) continue;
    platform.clock.set(at);
    const { reportId, speakerId } = step.finished;
    await completeStep(platform, {
      reportId,
      position: step.position,
      done: true,
      actorId: speakerId,
      afterStep: [enqueueStep],
    });
    // The task in the CRM is done, too.
    await deliverNow(delivery, reportId);
  }
}
