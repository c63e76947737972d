import { expect, test } from 'vitest';
import { createSettableClock } from '../../platform/clock.ts';
import { createMetrics } from '../../platform/metrics.ts';

test('renders counters, gauges read when asked for, and histograms', async () => {
  const metrics = createMetrics();
  metrics.counter('calls_total', 'Calls', ['line']).inc({ line: 'report' });
  let waiting = 1;
  metrics.gauge('jobs', 'Jobs', ['state'], (gauge) => gauge.set({ state: 'waiting' }, waiting));
  metrics.histogram('webhook_seconds', 'Webhooks', ['step']).observe({ step: 'answer' }, 0.02);
  waiting = 7;
  const text = await metrics.render();
  expect(text).toContain('dictaline_calls_total{line="report"} 1');
  expect(text).toContain('dictaline_jobs{state="waiting"} 7');
  expect(text).toContain('dictaline_webhook_seconds_count{step="answer"} 1');
  expect(text).toContain('dictaline_webhook_seconds_bucket{le="0.01",step="answer"} 0');
  expect(metrics.contentType).toContain('text/plain');
});

test('two registries share nothing', async () => {
  const first = createMetrics();
  const second = createMetrics();
  first.counter('same_total', 'Same').inc();
  second.counter('same_total', 'Same');
  expect(await second.render()).toContain('dictaline_same_total 0');
});

test('a settable clock stands still, moves when told, and can not be changed through what it gives', () => {
  const clock = createSettableClock(new Date('2026-03-02T14:00:00Z'));
  clock.now().setFullYear(1999);
  expect(clock.now()).toEqual(new Date('2026-03-02T14:00:00Z'));
  expect(clock.advance(1500)).toEqual(new Date('2026-03-02T14:00:01.500Z'));
  clock.set(new Date(0));
  expect(clock.now().getTime()).toBe(0);
});
