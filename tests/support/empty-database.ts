import type pg from 'pg';
import { inject } from 'vitest';
import { ALL_TABLES } from './all-rows.ts';
import { until } from './until.ts';

/** As long as PostgreSQL itself waits before it refuses to drop a database. */
const PATIENCE_MS = 5000;

// By DELETE, which is quick where there are few rows; TRUNCATE gives each table and index a new file.
const DELETE_ALL = `do $$
  declare
    statement text;
  begin
    -- No triggers, foreign keys among them: tables may be emptied in any order.
    perform set_config('session_replication_role', 'replica', true);
    for statement in
      -- A table whose file is empty never had a row, which is so of most.
      select 'delete from ' || name from (${ALL_TABLES}) as tables where pg_relation_size(name::regclass) > 0
      union all
      select format('alter sequence %I.%I restart', schemaname, sequencename)
      from pg_sequences where last_value is not null
    loop
      execute statement;
    end loop;
  end
$$`;

/**
 * Takes everything out of a test's database but what migrations put there, so that the next test of the same file
 * begins with what a new clone would hold. A tenth of what making one costs, the queries' preparation included.
 *
 * Fails when something still works on it through `pool`, as dropping it would.
 */
export async function emptyDatabase(pool: pg.Pool): Promise<void> {
  await until(
    () => pool.idleCount === pool.totalCount && pool.waitingCount === 0,
    'everybody to be done with the database',
    PATIENCE_MS,
  );
  await pool.query(DELETE_ALL);
  for (const [table, rows] of Object.entries(inject('templateRows'))) {
    await pool.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
      rows,
    ]);
  }
}
