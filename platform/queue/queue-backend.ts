import type { Nothing, Task } from './task.ts';

export interface WakeOptions {
  delayMs?: number;
  /**
   * Wakes with the same key for the same task are one while the first is still waiting. Once it has begun, the
   * next one counts again, because it may tell of something that the running one has not seen. Delayed wakes are
   * one when they come due in the same second.
   */
  key?: string;
}

export interface WorkContext {
  /** 1 for the first attempt. */
  attempt: number;
  /** Aborted when the worker is told to stop; a long handler may give up, its job is then tried again. */
  signal: AbortSignal;
}

/** Idempotent: a row that has vanished or is done is success. What it throws is retried as the task says. */
export type TaskHandler<P> = (payload: P, context: WorkContext) => Promise<void>;

export interface TaskWorker {
  /**
   * Takes no more jobs and waits for those under way, `timeoutMs` at most (default 10 s); what is unfinished then
   * is given to another worker when its lock has run out.
   */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

export interface TaskCounts {
  waiting: number;
  active: number;
  delayed: number;
  /** Gave up after all attempts. */
  failed: number;
}

/**
 * Wakes workers, at least once. It holds no state of its own: everything that must happen is a row in PostgreSQL,
 * and sweeps wake for rows that were forgotten, so losing a whole queue loses nothing.
 */
export interface QueueBackend {
  /**
   * Asks for `task` to be done, after the transaction that makes it necessary has committed.
   *
   * Doesn't fail because of the queue: when that can't be reached within two seconds it is logged and left to the
   * sweep, so that a caller on the phone never waits for it. Throws when the payload doesn't fit the task's schema.
   */
  wake<P>(task: Task<P>, payload: P, options?: WakeOptions): Promise<void>;
  /** The same for many at once, in one statement; keys as in `WakeOptions`. */
  wakeMany<P>(task: Task<P>, wakes: readonly { payload: P; key: string }[]): Promise<void>;
  /** Runs `handler` for the task, `concurrency` (default 1) at a time, until closed; throws QueueClosed from then on. */
  work<P>(task: Task<P>, handler: TaskHandler<P>, options?: { concurrency?: number }): Promise<TaskWorker>;
  /**
   * Wakes for the task every so often, once for all processes, also after the queue was lost; throws QueueClosed once
   * closed.
   */
  schedule(task: Task<Nothing>, everyMs: number): Promise<void>;
  counts(task: { name: string }): Promise<TaskCounts>;
  /** Forgets everything, or everything of one task. For tests and for an operator who wants to start afresh. */
  clear(task?: { name: string }): Promise<void>;
  /** Resolves when the queue can be used, with its tables made; throws StartupError when it can't be reached. */
  ready(): Promise<void>;
  /** Cheap; throws Unavailable when the queue can't be reached. For /readyz. */
  check(): Promise<void>;
  /** Closes workers first. */
  close(): Promise<void>;
}
