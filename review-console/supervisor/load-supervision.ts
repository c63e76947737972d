import type { Platform } from '../../platform/platform.ts';
import { showRequirement } from '../../transcription/jobs/show-requirement.ts';
import { forecast } from '../../transcription/supervision/forecast.ts';
import { readWork } from '../../transcription/supervision/read-work.ts';
import { groupWaiting } from '../../transcription/supervision/waiting-groups.ts';
import { span } from '../browser/workbench/text/show-time.ts';
import { showJob, showPerson } from './show-work.ts';

/** What a person can look over. */
const MOST_ROWS = 300;

/** What will be late, who is at work, what waits for whom, and which lines are paused. */
export async function loadSupervision(platform: Pick<Platform, 'clock' | 'database'>) {
  const { clock, database } = platform;
  const now = clock.now();
  const [{ jobs, people, preparing }, lines, classes, pausedPeople] = await Promise.all([
    readWork(platform),
    database.prisma.line.findMany({
      where: { active: true },
      orderBy: { name: 'asc' },
      select: {
        id: true,
        name: true,
        turnaroundClass: { select: { name: true } },
        paused: { select: { reason: true, pausedAt: true, pausedBy: { select: { name: true } } } },
      },
    }),
    database.prisma.turnaroundClass.findMany({
      where: { active: true },
      orderBy: { position: 'asc' },
      select: { id: true, name: true },
    }),
    database.prisma.pause.findMany({
      where: { userId: { not: null } },
      select: { reason: true, user: { select: { id: true, name: true } } },
    }),
  ]);
  const found = forecast(jobs, people, now);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const shown = jobs.map((job) => showJob(job, found.get(job.id), names, now));
  // What will be late first; either part in the order of the queue.
  const rows = [...shown.filter(({ why }) => why), ...shown.filter(({ why }) => !why)];
  const waiting = jobs.filter(({ state }) => state.kind !== 'claimed');
  return {
    rows: rows.slice(0, MOST_ROWS),
    more: Math.max(0, rows.length - MOST_ROWS),
    late: shown.filter(({ why }) => why).length,
    waiting: waiting.length,
    waitingAudio: span(Math.round(waiting.reduce((sum, job) => sum + job.audioSeconds, 0) / 60)),
    preparing,
    people: people.map((person) => showPerson(person, jobs, now)),
    away: pausedPeople.flatMap(({ user, reason }) =>
      user && !names.has(user.id) ? [{ id: user.id, name: user.name, reason }] : [],
    ),
    groups: groupWaiting(jobs, people, found).map((group) => ({
      ...group,
      requirements: group.requirements.map(showRequirement).join(', ') || 'Nothing',
      audio: span(group.audioMinutes),
      people: group.people.length,
      names: group.people.join(', '),
      clear: group.clearAt
        ? `in ${span(Math.max(0, Math.round((group.clearAt.getTime() - now.getTime()) / 60_000)))}`
        : 'Not as things are',
      stuck: group.clearAt === null,
    })),
    lines: lines.map((line) => ({
      ...line,
      waiting: waiting.filter(({ lineId }) => lineId === line.id).length,
    })),
    classes,
  };
}
