import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { QueueClosed, Unavailable } from '../../../platform/errors.ts';
import type { QueueBackend, TaskHandler, WorkContext } from '../../../platform/queue/queue-backend.ts';
import { defineTask, nothing, type Task } from '../../../platform/queue/task.ts';
import { until } from '../../support/until.ts';

interface Payload {
  id: string;
}

interface QueueKind {
  open(): QueueBackend;
  dropConnections(): Promise<void>;
}

/** What every queue backend must do. `prepare` gives a running server's connections; it is called once. */
export function describeQueueBackend(name: string, prepare: () => Promise<QueueKind>): void {
  describe(name, () => {
    let kind: QueueKind;
    let queues: QueueBackend;
    let task: Task<Payload>;
    let count = 0;

    beforeAll(async () => {
      kind = await prepare();
      queues = kind.open();
      await queues.ready();
    });
    afterAll(() => queues?.close());
    beforeEach(() => {
      task = newTask();
    });

    function newTask(retry = { attempts: 3, firstDelayMs: 10, maxDelayMs: 50 }): Task<Payload> {
      count += 1;
      return defineTask({ name: `test-task-${count}`, payload: z.object({ id: z.string() }), retry });
    }

    /** A worker that remembers what it was given and can be held in the middle of it. */
    async function listen(backend: QueueBackend, handler: TaskHandler<Payload> = async () => {}) {
      const seen: string[] = [];
      const worker = await backend.work(task, async (payload, context) => {
        seen.push(payload.id);
        await handler(payload, context);
      });
      return { seen, worker };
    }

    function gate() {
      let open = () => {};
      const passed = new Promise<void>((resolve) => {
        open = resolve;
      });
      return { passed, open: () => open() };
    }

    test('gives each payload to the handler, whether it was there before or after the worker', async () => {
      await queues.wake(task, { id: 'before' });
      const { seen, worker } = await listen(queues);
      await queues.wake(task, { id: 'after' });
      await until(() => seen.length === 2, 'both');
      expect(seen.sort()).toEqual(['after', 'before']);
      await until(async () => (await queues.counts(task)).active === 0);
      expect(await queues.counts(task)).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
      await worker.close();
    });

    test('refuses a payload that does not fit, when waking and when working', async () => {
      const loose = { ...task, payload: z.object({ id: z.number() }) };
      await expect(queues.wake(loose, JSON.parse('{"id":"x"}'))).rejects.toThrow();
      await queues.wake(loose, { id: 7 });
      const { seen, worker } = await listen(queues);
      await until(async () => (await queues.counts(task)).failed === 1, 'the misfit to be set aside');
      expect(seen).toEqual([]);
      await worker.close();
    });

    test('wakes with one key are one while waiting', async () => {
      for (let i = 0; i < 5; i += 1) await queues.wake(task, { id: 'a' }, { key: 'a' });
      await queues.wake(task, { id: 'b' }, { key: 'b' });
      expect((await queues.counts(task)).waiting).toBe(2);
    });

    test('many at once: each key once, together with what was waiting', async () => {
      await queues.wake(task, { id: 'a' }, { key: 'a' });
      await queues.wakeMany(
        task,
        ['a', 'b', 'c', 'b'].map((id) => ({ payload: { id }, key: id })),
      );
      expect((await queues.counts(task)).waiting).toBe(3);
      await queues.wakeMany(task, []);
      expect((await queues.counts(task)).waiting).toBe(3);
    });

    test('a wake while the same key is being worked on is kept for afterwards', async () => {
      const first = gate();
      const { seen, worker } = await listen(queues, () => first.passed);
      await queues.wake(task, { id: 'a' }, { key: 'a' });
      await until(() => seen.length === 1, 'the first to begin');
      await queues.wake(task, { id: 'a' }, { key: 'a' });
      await queues.wake(task, { id: 'a' }, { key: 'a' });
      expect((await queues.counts(task)).waiting).toBe(1);
      first.open();
      await until(() => seen.length === 2, 'the second');
      await worker.close();
      expect(seen).toEqual(['a', 'a']);
    });

    test('a wake for now is not swallowed by a delayed one with the same key', async () => {
      await queues.wake(task, { id: 'a' }, { key: 'a', delayMs: 3_600_000 });
      await queues.wake(task, { id: 'a' }, { key: 'a' });
      expect(await queues.counts(task)).toMatchObject({ waiting: 1, delayed: 1 });
    });

    test('a delayed wake comes, and not at once', async () => {
      const { seen, worker } = await listen(queues);
      await queues.wake(task, { id: 'later' }, { delayMs: 400 });
      expect(await queues.counts(task)).toMatchObject({ delayed: 1 });
      expect(seen).toEqual([]);
      await until(() => seen.length === 1, 'the delayed one');
      await worker.close();
    });

    test('tries again what failed, and sets it aside after the last attempt', async () => {
      const attempts: number[] = [];
      const { worker } = await listen(queues, async (_payload: Payload, { attempt }: WorkContext) => {
        attempts.push(attempt);
        throw new Unavailable('not today');
      });
      await queues.wake(task, { id: 'a' });
      await until(async () => (await queues.counts(task)).failed === 1, 'three attempts');
      expect(attempts).toEqual([1, 2, 3]);
      await worker.close();
    });

    test('works on several at once, but no more than asked', async () => {
      let running = 0;
      let most = 0;
      let done = 0;
      const both = gate();
      const worker = await queues.work(
        task,
        async () => {
          running += 1;
          most = Math.max(most, running);
          if (running === 2) both.open();
          await both.passed;
          running -= 1;
          done += 1;
        },
        { concurrency: 2 },
      );
      for (let i = 0; i < 6; i += 1) await queues.wake(task, { id: String(i) });
      await until(() => done === 6, 'all six');
      expect(most).toBe(2);
      await worker.close();
    });

    test('two processes share the work; each payload is given once', async () => {
      const other = kind.open();
      const mine = await listen(queues);
      const theirs = await listen(other);
      const ids = Array.from({ length: 40 }, (_, i) => String(i));
      await Promise.all(ids.map((id) => queues.wake(task, { id })));
      await until(() => mine.seen.length + theirs.seen.length >= 40, 'all forty');
      expect([...mine.seen, ...theirs.seen].sort()).toEqual(ids.sort());
      await mine.worker.close();
      await other.close();
    });

    test('closing a worker waits for what is under way and tells it', async () => {
      const begun = gate();
      let aborted = false;
      let finished = false;
      const { worker } = await listen(queues, async (_payload, { signal }) => {
        begun.open();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted = true;
        finished = true;
      });
      await queues.wake(task, { id: 'a' });
      await begun.passed;
      await worker.close();
      expect({ aborted, finished }).toEqual({ aborted: true, finished: true });
      expect(await queues.counts(task)).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
    });

    test('closing a worker gives up on what does not end', async () => {
      const begun = gate();
      const never = gate();
      const other = kind.open();
      const { worker } = await listen(other, async () => {
        begun.open();
        await never.passed;
      });
      await queues.wake(task, { id: 'a' });
      await begun.passed;
      await worker.close({ timeoutMs: 50 });
      expect((await queues.counts(task)).active).toBe(1);
      never.open();
      await other.close();
    });

    test('once closed, no worker begins and nothing is scheduled', async () => {
      const other = kind.open();
      await other.work(task, async () => {});
      const closed = other.close();
      await expect(other.work(task, async () => {})).rejects.toThrow(QueueClosed);
      const scheduled = defineTask({ name: `${task.name}-scheduled`, payload: nothing });
      await expect(other.schedule(scheduled, 150)).rejects.toThrow(QueueClosed);
      await closed;
      await expect(other.work(task, async () => {})).rejects.toThrow(QueueClosed);
    });

    test('a schedule wakes again and again, however many ask for it', async () => {
      const scheduled = defineTask({ name: `${task.name}-scheduled`, payload: nothing });
      let runs = 0;
      const worker = await queues.work(scheduled, async () => {
        runs += 1;
      });
      const everyMs = 150;
      const asked = 5;
      const startedAt = Date.now();
      for (let i = 0; i < asked; i += 1) await queues.schedule(scheduled, everyMs);
      await until(() => runs >= 15, 'fifteen runs');
      // Each may have begun with a run of its own; from then on there is one schedule and not five. A slow machine
      // only makes the bound wider.
      const intervals = (Date.now() - startedAt) / everyMs;
      expect(runs).toBeLessThanOrEqual(asked + 2 * intervals);
      await worker.close();
    });

    test('a schedule comes back after the queue was lost', async () => {
      const scheduled = defineTask({ name: `${task.name}-scheduled`, payload: nothing });
      let runs = 0;
      const worker = await queues.work(scheduled, async () => {
        runs += 1;
      });
      await queues.schedule(scheduled, 150);
      await until(() => runs > 0, 'the first run');
      await queues.clear(scheduled);
      const before = runs;
      await until(() => runs > before + 2, 'runs after clearing');
      await worker.close();
    });

    test('clear forgets everything, and what is woken for afterwards is done', async () => {
      await queues.wake(task, { id: 'lost' }, { key: 'k' });
      await queues.wake(task, { id: 'lost too' }, { delayMs: 60_000 });
      const { seen, worker } = await listen(queues);
      await until(() => seen.length === 1, 'the first');
      await queues.clear(task);
      expect(await queues.counts(task)).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
      await queues.wake(task, { id: 'kept' }, { key: 'k' });
      await until(() => seen.includes('kept'), 'the one after clearing');
      await worker.close();
    });

    test('goes on after its connections were dropped', async () => {
      const { seen, worker } = await listen(queues);
      await queues.wake(task, { id: 'first' });
      await until(() => seen.length === 1, 'the first');
      await kind.dropConnections();
      // What could not be woken for is the sweep's to find; so ask until one arrives.
      await until(async () => {
        await queues.wake(task, { id: 'second' }, { key: 'second' });
        return seen.includes('second');
      }, 'work after the connections came back');
      await worker.close();
    });
  });
}
