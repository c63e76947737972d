import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVENTS_MISSED, type Event, type EventBus } from '../../../platform/events/event-bus.ts';
import { until } from '../../support/until.ts';

interface EventKind {
  open(): EventBus;
  dropConnections(): Promise<void>;
}

/** What every event bus must do. `prepare` is called once. */
export function describeEventBus(name: string, prepare: () => Promise<EventKind>): void {
  describe(name, () => {
    let kind: EventKind;
    let here: EventBus;
    let there: EventBus;
    beforeAll(async () => {
      kind = await prepare();
      here = kind.open();
      there = kind.open();
      await Promise.all([here.ready(), there.ready()]);
    });
    afterAll(() => Promise.all([here?.close(), there?.close()]));

    function hear(bus: EventBus, topic: string): { heard: Event[]; stop(): void } {
      const heard: Event[] = [];
      return { heard, stop: bus.subscribe(topic, (event) => heard.push(event)) };
    }

    test('tells every process, the own one included, in order', async () => {
      const mine = hear(here, 'job.changed');
      const theirs = hear(there, 'job.changed');
      for (let i = 0; i < 20; i += 1) await here.publish('job.changed', { jobId: `j${i}` });
      const expected = Array.from({ length: 20 }, (_, i) => ({
        topic: 'job.changed',
        data: { jobId: `j${i}` },
      }));
      await until(() => mine.heard.length === 20 && theirs.heard.length === 20, 'twenty events');
      expect(mine.heard).toEqual(expected);
      expect(theirs.heard).toEqual(expected);
      mine.stop();
      theirs.stop();
    });

    test('tells only what was asked for; * is everything', async () => {
      const one = hear(there, 'report.read');
      const all = hear(there, '*');
      await here.publish('reply.created', { reportId: 'r1' });
      await here.publish('report.read', { reportId: 'r2' });
      await until(() => all.heard.length === 2, 'two events');
      expect(one.heard).toEqual([{ topic: 'report.read', data: { reportId: 'r2' } }]);
      one.stop();
      all.stop();
    });

    test('tells nothing after unsubscribing, and the others still', async () => {
      const listener = hear(there, 'a.b');
      const other = hear(there, 'a.b');
      listener.stop();
      await here.publish('a.b', {});
      await until(() => other.heard.length === 1, 'the other listener');
      expect(listener.heard).toEqual([]);
      other.stop();
    });

    test('a listener that throws keeps nobody else from hearing', async () => {
      const stop = there.subscribe('a.c', () => {
        throw new Error('broken listener');
      });
      const other = hear(there, 'a.c');
      await here.publish('a.c', { text: 'with "quotes", \n and é' });
      await until(() => other.heard.length === 1, 'the other listener');
      expect(other.heard[0]?.data).toEqual({ text: 'with "quotes", \n and é' });
      stop();
      other.stop();
    });

    test('listens again after the connections were dropped, and tells that there was a gap', async () => {
      const mine = hear(here, 'after.drop');
      const theirs = hear(there, 'after.drop');
      await kind.dropConnections();
      await until(
        () => [mine, theirs].every(({ heard }) => heard.some(({ topic }) => topic === EVENTS_MISSED)),
        'both to notice',
      );
      await here.publish('after.drop', { n: 1 });
      await until(
        () => [mine, theirs].every(({ heard }) => heard.at(-1)?.topic === 'after.drop'),
        'events after the connections came back',
      );
      mine.stop();
      theirs.stop();
    });
  });
}
