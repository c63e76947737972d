import type { Platform } from '../platform/platform.ts';

/**
 * Gauges over what is in the database, read when they are asked for: jobs by state, the age of the oldest in each,
 * how many are past their time, recordings that are not here yet or given up. Register once in each process that
 * serves /metrics.
 */
export function registerTranscriptionMetrics({
  clock,
  database,
  metrics,
}: Pick<Platform, 'clock' | 'database' | 'metrics'>): void {
  metrics.gauge('jobs', 'Jobs that are not done, by state', ['status'], async (gauge) => {
    const { rows } = await database.pool.query<{ status: string; count: number }>(
      `select status::text, count(*)::int as count from job
       where status in ('preparing', 'waiting', 'claimed', 'on_hold') group by status`,
    );
    gauge.reset();
    for (const { status, count } of rows) gauge.set({ status }, count);
  });
  metrics.gauge(
    'oldest_job_age_seconds',
    'Age of the oldest job that is not done, by state',
    ['status'],
    async (gauge) => {
      const { rows } = await database.pool.query<{ status: string; seconds: number }>(
        `select status::text, extract(epoch from $1::timestamptz - min(created_at))::float8 as seconds from job
         where status in ('preparing', 'waiting', 'claimed', 'on_hold') group by status`,
        [clock.now()],
      );
      gauge.reset();
      for (const { status, seconds } of rows) gauge.set({ status }, Math.max(0, seconds));
    },
  );
  metrics.gauge('jobs_overdue', 'Jobs that are not done and past their time', [], async (gauge) => {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from job
       where status in ('preparing', 'waiting', 'claimed', 'on_hold') and due_at < $1`,
      [clock.now()],
    );
    gauge.set(rows[0]?.count ?? 0);
  });
  metrics.gauge('recordings_pending', 'Recordings not verified here, by state', ['status'], async (gauge) => {
    const { rows } = await database.pool.query<{ status: string; count: number }>(
      `select status::text, count(*)::int as count from recording
       where status in ('expected', 'announced', 'dead') group by status`,
    );
    gauge.reset();
    for (const { status, count } of rows) gauge.set({ status }, count);
  });
}
