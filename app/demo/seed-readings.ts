import type { SettableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { markRead } from '../../transcription/reports/reads.ts';
import { acknowledgeReply, addReply } from '../../transcription/reports/replies.ts';
import { demoId, demoNumber } from './demo-id.ts';
import type { PlannedDemoReport } from './plan-reports.ts';

const MINUTE = 60_000;
/** So many of the newest reports nobody has read yet. */
const UNREAD = 4;
/** So many more of the other's reps each manager has not come to yet, none of them older than that. */
const UNREAD_OF_OTHERS = 1;
const OTHERS_READ_AFTER_MS = 60 * 60 * MINUTE;
/** A manager comes to a report of one's own reps so soon, and to those of the other's reps. */
const OWN_WITHIN_MINUTES = 5 * 60;
const OTHER_WITHIN_MINUTES = 18 * 60;

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
  /** Of the rep. */
  managerId: string;
  otherManagerId: string;
}

/**
 * Both managers read everything but the newest reports, those of their own reps first, and answer some; reps have
 * heard the older answers. Done twice it changes nothing.
 */
export async function seedReadings(
  platform: Platform & { clock: SettableClock },
  finished: readonly FinishedDemoReport[],
  now: Date,
): Promise<void> {
  const { clock, database } = platform;
  const newestFirst = finished.toSorted((a, b) => finalizedMs(b.planned) - finalizedMs(a.planned));
  const later = (start: number, minutes: number) =>
    new Date(Math.min(start + minutes * MINUTE, now.getTime() - 10 * MINUTE));
  const left = new Map<string, number>();
  for (const [age, { planned, reportId, speakerId, managerId, otherManagerId }] of newestFirst.entries()) {
    if (age < UNREAD) continue;
    const { id } = planned.report;
    const readAt = later(finalizedMs(planned), 15 + demoNumber(`read ${id}`, OWN_WITHIN_MINUTES));
    clock.set(readAt);
    await markRead(platform, { reportId, userId: managerId });
    const unread = left.get(otherManagerId) ?? 0;
    if (unread < UNREAD_OF_OTHERS && now.getTime() - finalizedMs(planned) < OTHERS_READ_AFTER_MS) {
      left.set(otherManagerId, unread + 1);
    } else {
      clock.set(later(readAt.getTime(), 20 + demoNumber(`read second ${id}`, OTHER_WITHIN_MINUTES)));
      await markRead(platform, { reportId, userId: otherManagerId });
    }
    const text = REPLIES[id];
    if (text === undefined) continue;
    clock.set(new Date(readAt.getTime() + 4 * MINUTE));
    const requestId = demoId(`reply ${id}`, readAt);
    const { replyId } = await addReply(platform, { reportId, authorId: managerId, text, requestId });
    const heardAt = new Date(readAt.getTime() + 26 * 60 * MINUTE);
    if (now.getTime() - readAt.getTime() > HEARD_AFTER_MS)
      await acknowledgeReply(database.pool, { replyId, userId: speakerId, now: heardAt });
  }
}

const finalizedMs = ({ finalizedAt }: PlannedDemoReport) => finalizedAt?.getTime() ?? 0;
