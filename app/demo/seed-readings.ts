import type { SettableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { markRead } from '../../transcription/reports/reads.ts';
import { acknowledgeReply, addReply } from '../../transcription/reports/replies.ts';
import { demoId, demoNumber } from './demo-id.ts';
import type { PlannedDemoReport } from './plan-reports.ts';

const MINUTE = 60_000;
/** So many of the newest reports nobody has read yet. */
const UNREAD = 5;

/** What managers answered. */
const REPLIES: Record<string, string> = {
  'A-002': 'Dale, I called Mike myself. The night number now rings two people. Tell me what Dwayne finds.',
  'A-003': 'Five to nothing. Get Mike Hollis that brisket and put it on my card.',
  'A-016': 'Eight percent is fine if they sign this month. Good work taking the front off with them.',
  'A-020':
    'Linda should not have to ask twice. I will send a trainer for the night shift; give me two dates.',
  'A-022': 'Hold the price and offer the spare seals instead.',
  'A-025': 'Three years, eleven stations. Thank Steve for me, jar of mud and all.',
  'A-030': 'Well done. Ask him in November how they ran before the freeze.',
  'A-036': 'Take the sample lobes along on Wednesday and let Phil try his own tomatoes.',
};

/** Replies that the rep has heard already: those to reports older than this. */
const HEARD_AFTER_MS = 9 * 24 * 60 * MINUTE;

export interface FinishedDemoReport {
  planned: PlannedDemoReport;
  reportId: string;
  speakerId: string;
  managerId: string;
}

/** Managers read most reports and answer some; reps have heard the older answers. Done twice it changes nothing. */
export async function seedReadings(
  platform: Platform & { clock: SettableClock },
  finished: readonly FinishedDemoReport[],
  now: Date,
): Promise<void> {
  const { clock, database } = platform;
  const byAge = [...finished].sort(
    (a, b) => (a.planned.finalizedAt?.getTime() ?? 0) - (b.planned.finalizedAt?.getTime() ?? 0),
  );
  for (const { planned, reportId, speakerId, managerId } of byAge.slice(0, -UNREAD)) {
    const { report, finalizedAt } = planned;
    const text = REPLIES[report.id];
    const afterMinutes = 15 + demoNumber(`read ${report.id}`, text === undefined ? 20 * 60 : 3 * 60);
    const readAt = new Date(
      Math.min((finalizedAt?.getTime() ?? 0) + afterMinutes * MINUTE, now.getTime() - 10 * MINUTE),
    );
    clock.set(readAt);
    await markRead(platform, { reportId, userId: managerId });
    if (text === undefined) continue;
    clock.set(new Date(readAt.getTime() + 4 * MINUTE));
    const requestId = demoId(`reply ${report.id}`, readAt);
    const { replyId } = await addReply(platform, { reportId, authorId: managerId, text, requestId });
    const heardAt = new Date(readAt.getTime() + 26 * 60 * MINUTE);
    if (now.getTime() - readAt.getTime() > HEARD_AFTER_MS)
      await acknowledgeReply(database.pool, { replyId, userId: speakerId, now: heardAt });
  }
}
