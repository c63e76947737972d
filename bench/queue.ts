/**
 * "Next job" in a queue of many: the query that knows languages, clearances, conflicts, exclusions, pauses, handovers
 * and what somebody gave back, beside a bare one that takes the first waiting job. Then the supervisor's view of the
 * same queue.
 *
 *   npm run bench queue [JOBS]
 */
import type pg from 'pg';
import { lockNext } from '../transcription/jobs/next-job.ts';
import { forecast } from '../transcription/supervision/forecast.ts';
import { readWork } from '../transcription/supervision/read-work.ts';
import { machine, openBenchPlatform, percentile } from './support/bench-platform.ts';

const JOBS = Number(process.argv[2] ?? 10_000);
const ROUNDS = 300;
const AT_ONCE = 8;
/** Ids of the people, by what they are called here. */
const ids = new Map<string, string>();

const { platform, close } = await openBenchPlatform({});
try {
  await fill(platform.database.pool);
  console.log(`${JOBS} waiting jobs. ${machine()}\n`);
  const anybody = ['language:en'];
  const cases: [string, (client: pg.PoolClient) => Promise<string | null>][] = [
    ['the first waiting job, no questions asked', bare],
    ['next job of somebody who may have most', (client) => next(client, 'p1', anybody)],
    ['... who must not have the first 500, one by one', (client) => next(client, 'p2', anybody)],
    ['... who is in conflict with 50 speakers', (client) => next(client, 'p3', anybody)],
    ['... who may have only the very last', (client) => next(client, 'p4', ['language:fr'])],
    ['... who may have nothing', (client) => next(client, 'p5', ['language:xx'])],
  ];
  const base = await measure(bare, 1);
  for (const [name, take] of cases) {
    const alone = await measure(take, 1);
    const crowd = await measure(take, AT_ONCE);
    console.log(
      `${name.padEnd(50)} p50 ${alone.p50.toFixed(2)} ms, p99 ${alone.p99.toFixed(2)} ms ` +
        `(${(alone.p50 / base.p50).toFixed(1)} × bare); ${AT_ONCE} at once p50 ${crowd.p50.toFixed(2)} ms`,
    );
  }
  const began = performance.now();
  const { jobs, people } = await readWork(platform);
  const read = performance.now();
  const found = forecast(jobs, people, platform.clock.now());
  const done = performance.now();
  console.log(
    `\nsupervision: ${jobs.length} jobs and ${people.length} people read in ${Math.round(read - began)} ms, ` +
      `forecast for ${found.size} in ${Math.round(done - read)} ms`,
  );
} finally {
  await close();
}

/** Takes a job in a transaction that is rolled back, so that each round finds the same queue. */
async function measure(take: (client: pg.PoolClient) => Promise<string | null>, atOnce: number) {
  const times: number[] = [];
  const work = async () => {
    const client = await platform.database.pool.connect();
    for (let round = 0; round < ROUNDS / atOnce; round++) {
      await client.query('begin');
      const began = performance.now();
      await take(client);
      times.push(performance.now() - began);
      await client.query('rollback');
    }
    client.release();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

async function bare(client: pg.PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>({
    name: 'bench-bare',
    text: `select id from job where status = 'waiting' order by due_at, created_at, id
           limit 1 for update skip locked`,
  });
  return rows[0]?.id ?? null;
}

function next(client: pg.PoolClient, person: string, qualifications: string[]): Promise<string | null> {
  return lockNext(client, { id: ids.get(person) ?? '', qualifications }, platform.clock.now());
}

async function fill(pool: pg.Pool): Promise<void> {
  for (let n = 1; n <= 20; n++) {
    const { rows } = await pool.query<{ id: string }>(
      `insert into app_user (id, email, name, roles) values (gen_random_uuid(), $1, $1, '{transcriptionist}') returning id`,
      [`p${n}`],
    );
    const id = rows[0]?.id ?? '';
    ids.set(`p${n}`, id);
    await pool.query('insert into presence (user_id, since, seen_at) values ($1, now(), now())', [id]);
  }
  await pool.query(
    `insert into line (id, number, purpose, name) values (gen_random_uuid(), '+15550100199', 'report', 'Reports')`,
  );
  await pool.query(
    `insert into app_user (id, email, name, roles)
     select gen_random_uuid(), 's' || n, 'Speaker', '{rep}' from generate_series(1, 200) n`,
  );
  await pool.query(
    `with speaker as (select id, row_number() over () as n from app_user where email like 's%'),
     said as (
       insert into dictation (id, reference, line_id, speaker_id, status, submitted_at, duration_seconds)
       select gen_random_uuid(), (1000000 + at)::text, line.id, speaker.id, 'submitted', now(), 60 + at % 300
       from generate_series(1, $1::int) at cross join line join speaker on speaker.n = 1 + at % 200
       returning id, reference::int - 1000000 as n
     )
     insert into job (id, dictation_id, status, due_at, requirements)
     select gen_random_uuid(), id, 'waiting', now() + n * interval '1 minute',
            case when n = $1 then '{language:fr}'::text[] when n % 3 = 0 then '{language:es}' else '{language:en}' end
     from said`,
    [JOBS],
  );
  await pool.query(
    `insert into job_exclusion (job_id, user_id, reason)
     select id, $1, 'typed_before' from job where status = 'waiting' order by due_at limit 500`,
    [ids.get('p2')],
  );
  await pool.query(
    `insert into typing_conflict (id, user_id, speaker_id, reason)
     select gen_random_uuid(), $1, id, 'Kin' from app_user where email like 's%' limit 50`,
    [ids.get('p3')],
  );
  await pool.query(
    `insert into pause (id, job_id, reason)
     select gen_random_uuid(), id, 'Wait' from job order by due_at desc offset 1 limit 20`,
  );
  await pool.query('analyze');
}
