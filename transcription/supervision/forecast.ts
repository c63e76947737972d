import { type ForecastJob, type ForecastPerson, meetsAll } from './forecast-job.ts';
import { explainLateness, type Lateness } from './lateness.ts';

export interface Forecast {
  jobId: string;
  /** Null: not as things are. */
  doneAt: Date | null;
  startAt: Date | null;
  byUserId: string | null;
  /** Null: it will be in time. */
  late: Lateness | null;
}

/** What is left of a job whose typing has taken longer than its audio made one expect. */
const LEAST_LEFT = 0.1;

interface Worker extends ForecastPerson {
  freeAtMs: number;
  /** Audio that they will have typed before they are free. */
  audioSeconds: number;
}

/** Jobs that the same people may take, the first that is due in front. */
interface Line {
  jobs: ForecastJob[];
  at: number;
  workers: Worker[];
}

/**
 * When each job will be done if those at work go on at their rate and nobody comes or goes: whoever is free takes what
 * is due first among what they may have, as "next job" does. Pure; jobs in any order.
 *
 * Reserved jobs are walked as if their person takes them first of all, and after their time like any other.
 */
export function forecast(
  jobs: readonly ForecastJob[],
  people: readonly ForecastPerson[],
  now: Date,
): Map<string, Forecast> {
  const workers = people.map((person): Worker => ({ ...person, freeAtMs: now.getTime(), audioSeconds: 0 }));
  const result = new Map<string, Forecast>();
  const put = (
    job: ForecastJob,
    startMs: number | null,
    doneMs: number | null,
    worker: Worker | null,
    before = 0,
  ) => {
    const found = { startMs, doneMs, audioBeforeSeconds: before };
    result.set(job.id, {
      jobId: job.id,
      startAt: startMs === null ? null : new Date(startMs),
      doneAt: doneMs === null ? null : new Date(doneMs),
      byUserId: worker?.id ?? null,
      late: explainLateness(job, people, now, found),
    });
  };

  for (const job of jobs) {
    if (job.state.kind !== 'claimed') continue;
    const { userId, since } = job.state;
    const worker = workers.find(({ id }) => id === userId);
    if (!worker) {
      put(job, null, null, null);
      continue;
    }
    const needsMs = (job.audioSeconds * 1000) / worker.pace;
    const leftMs = Math.max(needsMs * LEAST_LEFT, needsMs - (now.getTime() - since.getTime()));
    worker.freeAtMs += leftMs;
    worker.audioSeconds += (leftMs / 1000) * worker.pace;
    put(job, since.getTime(), worker.freeAtMs, worker);
  }

  const lines = lineUp(jobs, workers, now);
  for (;;) {
    const taken = nextTaken(lines, now);
    if (!taken) break;
    const { line, worker, startMs } = taken;
    const job = line.jobs[line.at];
    if (!job) break;
    line.at += 1;
    // What the others who may have it will have typed by then counts as much as what this one will.
    const before = line.workers.reduce((sum, each) => sum + each.audioSeconds, 0);
    worker.freeAtMs = startMs + (job.audioSeconds * 1000) / worker.pace;
    worker.audioSeconds += job.audioSeconds;
    put(job, startMs, worker.freeAtMs, worker, before);
  }
  for (const job of jobs) if (!result.has(job.id)) put(job, null, null, null);
  return result;
}

function lineUp(jobs: readonly ForecastJob[], workers: readonly Worker[], now: Date): Line[] {
  const lines = new Map<string, Line>();
  const open = jobs.filter(
    ({ state }) => state.kind === 'waiting' || (state.kind === 'on_hold' && state.until !== null),
  );
  for (const job of open.toSorted(byDue)) {
    const reserved = job.reserved && job.reserved.until > now ? job.reserved.userId : '';
    const hold = job.state.kind === 'on_hold' ? String(job.state.until?.getTime()) : '';
    const key = [job.requirements.toSorted().join(), job.notFor.toSorted().join(), reserved, hold].join('|');
    const line = lines.get(key) ?? {
      jobs: [],
      at: 0,
      workers: workers.filter((each) => mayTake(each, job, now)),
    };
    line.jobs.push(job);
    lines.set(key, line);
  }
  return [...lines.values()].filter((line) => line.workers.length > 0);
}

/** Whether somebody at work would be given the job some time. Handed to another, it is once that one's time is over. */
function mayTake(worker: ForecastPerson, job: ForecastJob, now: Date): boolean {
  if (worker.paused || !meetsAll(worker, job) || job.notFor.includes(worker.id)) return false;
  const { reserved } = job;
  return !(reserved && reserved.until > now && reserved.userId !== worker.id);
}

/** Who is free first of those for whom there is something, and what is due first of what they may have then. */
function nextTaken(
  lines: readonly Line[],
  now: Date,
): { line: Line; worker: Worker; startMs: number } | null {
  let best: { line: Line; worker: Worker; startMs: number; job: ForecastJob } | null = null;
  for (const line of lines) {
    const job = line.jobs[line.at];
    if (!job) continue;
    const readyMs = job.state.kind === 'on_hold' ? (job.state.until?.getTime() ?? 0) : now.getTime();
    for (const worker of line.workers) {
      const startMs = Math.max(worker.freeAtMs, readyMs);
      if (best && startMs > best.startMs) continue;
      if (best && startMs === best.startMs && !isSooner(job, best.job, now)) continue;
      best = { line, worker, startMs, job };
    }
  }
  return best;
}

function isSooner(a: ForecastJob, b: ForecastJob, now: Date): boolean {
  const handed = ({ reserved }: ForecastJob) => Number(reserved !== null && reserved.until > now);
  return handed(b) - handed(a) < 0 || (handed(a) === handed(b) && byDue(a, b) < 0);
}

/** The order of the queue. */
function byDue(a: ForecastJob, b: ForecastJob): number {
  return (
    a.dueAt.getTime() - b.dueAt.getTime() ||
    a.createdAt.getTime() - b.createdAt.getTime() ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
