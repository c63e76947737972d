import type { SignedInUser } from '../../platform/auth/signed-in-user.ts';
import type { Database } from '../../platform/database/database.ts';
import { EVENTS_MISSED, type Event } from '../../platform/events/event-bus.ts';

const OF_REPORTS = new Set([
  'report.finalized',
  'report.read',
  'report.reviewed',
  'flag.changed',
  'reply.created',
  'step.changed',
  'sync.changed',
]);

/**
 * Whether an event may be told to this user: managers and administrators hear of all reports, a rep of their own,
 * who works on jobs, supervises or administers of jobs. Events hold ids only; this keeps even those from people who may
 * not open what they name.
 */
export async function mayHear(
  { prisma }: Pick<Database, 'prisma'>,
  user: SignedInUser,
  { topic, data }: Event,
): Promise<boolean> {
  if (topic === EVENTS_MISSED) return true;
  const is = (role: SignedInUser['roles'][number]) => user.roles.includes(role);
  if (topic.startsWith('job.')) return is('transcriptionist') || is('supervisor') || is('administrator');
  if (!OF_REPORTS.has(topic)) return false;
  if (is('manager') || is('administrator')) return true;
  if (!is('rep') || typeof data.reportId !== 'string') return false;
  const report = await prisma.report.findUnique({
    where: { id: data.reportId },
    select: { speakerId: true },
  });
  return report?.speakerId === user.id;
}
