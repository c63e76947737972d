import { type JobsOptions, type JobType, type KeepJobs, UnrecoverableError } from 'bullmq';
import { QueueClosed, TooManyRequests } from '../errors.ts';
import type { Logger } from '../log.ts';
import { within } from '../within.ts';
import type { QueueBackend, TaskCounts, TaskHandler, TaskWorker, WakeOptions } from './queue-backend.ts';
import { type Nothing, retryDelayMs, type Task } from './task.ts';

const WAKE_TIMEOUT_MS = 2000;
const CLOSE_TIMEOUT_MS = 10_000;
/** How often a schedule is written again at the least, in case the queue was lost. */
const RESCHEDULE_MS = 15_000;
/** Failed jobs are kept to be looked at; the state they failed over is in the database. */
const KEEP_FAILED = { age: 7 * 24 * 3600, count: 1000 };
const KEEP_EVENTS = 100;

/** What is used of BullMQ's Queue, whose type otherwise depends on the backend. */
interface BullQueue {
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: unknown; opts: JobsOptions }[]): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: unknown; opts: { removeOnComplete: boolean; removeOnFail: KeepJobs } },
  ): Promise<unknown>;
  obliterate(options: { force: boolean }): Promise<void>;
  getJobCounts(...states: JobType[]): Promise<Record<string, number>>;
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

interface BullJob {
  id?: string;
  data: unknown;
  attemptsMade: number;
  deduplicationId?: string;
  removeDeduplicationKey(): Promise<boolean>;
}

interface BullWorker {
  waitUntilReady(): Promise<unknown>;
  close(force?: boolean): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: BullJob | undefined, error: Error) => void): unknown;
}

/** What the two backends give; each builds BullMQ's objects over its own connections. */
export interface BullConnections {
  createQueue(name: string, options: { streams: { events: { maxLen: number } } }): BullQueue;
  createWorker(
    name: string,
    processor: (job: BullJob) => Promise<void>,
    options: {
      concurrency: number;
      settings: { backoffStrategy: (attempt: number, type?: string, error?: Error) => number };
    },
  ): BullWorker;
  ready(): Promise<void>;
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The same behavior on whatever BullMQ runs on. */
export function createBullQueues(connections: BullConnections, log: Logger): QueueBackend {
  const queues = new Map<string, BullQueue>();
  const workers = new Set<TaskWorker>();
  const timers = new Set<NodeJS.Timeout>();
  let closing = false;

  /** BullMQ's worker over ended connections asks for jobs as fast as it can, for ever. */
  function refuseWhenClosed(): void {
    if (closing) throw new QueueClosed();
  }

  function queueOf(task: { name: string }): BullQueue {
    const known = queues.get(task.name);
    if (known) return known;
    const queue = connections.createQueue(task.name, { streams: { events: { maxLen: KEEP_EVENTS } } });
    queue.on('error', (err) => log.warn({ err, task: task.name }, 'queue error'));
    queues.set(task.name, queue);
    return queue;
  }

  /** A queue that can't be reached is logged and left to the sweep. */
  async function added(task: { name: string }, adding: () => Promise<unknown>): Promise<void> {
    try {
      await within(WAKE_TIMEOUT_MS, adding());
    } catch (err) {
      log.warn({ err, task: task.name }, 'could not wake; the sweep will');
    }
  }

  async function upsertSchedule(task: Task<Nothing>, everyMs: number): Promise<void> {
    const opts = { removeOnComplete: true, removeOnFail: KEEP_FAILED };
    await queueOf(task).upsertJobScheduler(
      task.name,
      { every: everyMs },
      { name: task.name, data: {}, opts },
    );
  }

  return {
    async wake(task, payload, options = {}) {
      const data = task.payload.parse(payload);
      await added(task, () => queueOf(task).add(task.name, data, jobOptions(task, options)));
    },

    async wakeMany(task, wakes) {
      const jobs = wakes.map(({ payload, key }) => ({
        name: task.name,
        data: task.payload.parse(payload),
        opts: jobOptions(task, { key }),
      }));
      if (jobs.length > 0) await added(task, () => queueOf(task).addBulk(jobs));
    },

    async work(task, handler, { concurrency = 1 } = {}) {
      refuseWhenClosed();
      const worker = startWorker(connections, log, task, handler, concurrency);
      const started: TaskWorker = {
        async close(options) {
          workers.delete(started);
          await worker.close(options);
        },
      };
      workers.add(started);
      await worker.ready;
      return started;
    },

    async schedule(task, everyMs) {
      refuseWhenClosed();
      await upsertSchedule(task, everyMs);
      refuseWhenClosed();
      const again = () =>
        upsertSchedule(task, everyMs).catch((err) =>
          log.warn({ err, task: task.name }, 'could not schedule'),
        );
      const timer = setInterval(again, Math.min(everyMs, RESCHEDULE_MS));
      timer.unref();
      timers.add(timer);
    },

    async counts(task): Promise<TaskCounts> {
      const counts = await queueOf(task).getJobCounts(
        'waiting',
        'prioritized',
        'active',
        'delayed',
        'failed',
      );
      const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
      return { waiting: waiting + prioritized, active, delayed, failed };
    },

    async clear(task) {
      const names = task ? [task.name] : [...queues.keys()];
      // With force: what is running at this moment is forgotten as well.
      for (const name of names) await queueOf({ name }).obliterate({ force: true });
    },

    ready: () => connections.ready(),
    check: () => connections.check(),

    async close() {
      closing = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all([...workers].map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await connections.close();
    },
  };
}

function startWorker<P>(
  connections: BullConnections,
  log: Logger,
  task: Task<P>,
  handler: TaskHandler<P>,
  concurrency: number,
) {
  const stopping = new AbortController();
  const worker = connections.createWorker(
    task.name,
    async (job) => {
      // From here on a wake for the same thing counts again; see WakeOptions.
      if (job.deduplicationId) await job.removeDeduplicationKey();
      const payload = task.payload.safeParse(job.data);
      if (!payload.success) throw new UnrecoverableError('The payload does not fit the task.');
      await handler(payload.data, { attempt: job.attemptsMade + 1, signal: stopping.signal });
    },
    {
      concurrency,
      settings: {
        backoffStrategy: (attempt, _type, error) =>
          error instanceof TooManyRequests
            ? error.retryAfterSeconds * 1000
            : retryDelayMs(task.retry, attempt),
      },
    },
  );
  worker.on('error', (err) => log.warn({ err, task: task.name }, 'worker error'));
  worker.on('failed', (job, err) => {
    const attempt = job?.attemptsMade;
    const last = attempt === undefined || attempt >= task.retry.attempts || err instanceof UnrecoverableError;
    log[last ? 'error' : 'warn']({ err, task: task.name, jobId: job?.id, attempt }, 'task failed');
  });
  let closed: Promise<void> | undefined;
  return {
    ready: worker.waitUntilReady(),
    close({ timeoutMs = CLOSE_TIMEOUT_MS }: { timeoutMs?: number } = {}): Promise<void> {
      stopping.abort();
      // BullMQ can't be hurried once it waits; what is left behind loses its lock and is done elsewhere.
      closed ??= within(timeoutMs, worker.close()).catch(() =>
        log.warn({ task: task.name }, 'left unfinished'),
      );
      return closed;
    },
  };
}

function jobOptions(task: { retry: { attempts: number } }, options: WakeOptions): JobsOptions {
  const id = deduplicationId(options);
  return {
    attempts: task.retry.attempts,
    backoff: { type: 'custom' },
    removeOnComplete: true,
    removeOnFail: KEEP_FAILED,
    ...(options.delayMs !== undefined && { delay: options.delayMs }),
    ...(id !== undefined && { deduplication: { id } }),
  };
}

function deduplicationId({ key, delayMs }: WakeOptions): string | undefined {
  if (key === undefined || !delayMs) return key;
  return `${key}@${Math.ceil((Date.now() + delayMs) / 1000)}`;
}
