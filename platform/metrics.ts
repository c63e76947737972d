import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; a webhook is to be answered within 0.1, a page within 1. */
const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Metrics {
  counter<L extends string>(name: string, help: string, labels?: readonly L[]): Counter<L>;
  /** Set with `.set()`, or give `collect` to read the value when it is asked for. */
  gauge<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L>;
  /** Observes seconds unless other `buckets` are given; `name` carries its unit, as in `_seconds`. */
  histogram<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Histogram<L>;
  /** The text for `GET /metrics`. */
  render(): Promise<string>;
  contentType: string;
}

/**
 * A registry of its own, so that two apps in one process (as in tests) don't share counters. Names get the prefix
 * `dictaline_`. Labels never carry anything that a person said, keyed in or is called by.
 */
export function createMetrics({ processMetrics = false }: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const common = <L extends string>(name: string, help: string, labels: readonly L[]) => ({
    name: `dictaline_${name}`,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  return {
    counter: (name, help, labels = []) => new Counter(common(name, help, labels)),
    gauge: (name, help, labels = [], collect) =>
      new Gauge({
        ...common(name, help, labels),
        ...(collect && {
          collect() {
            return collect(this);
          },
        }),
      }),
    histogram: (name, help, labels = [], buckets = LATENCY_BUCKETS) =>
      new Histogram({ ...common(name, help, labels), buckets: [...buckets] }),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
