import type pg from 'pg';

/** Whoever has not been seen for so long is not at work any more. A page is seen every minute, a workbench oftener. */
export const AT_WORK_MS = 5 * 60_000;

const SEEN = `
  insert into presence (user_id, since, seen_at) values ($1, $2, $2)
  on conflict (user_id) do update set
    since = case when presence.seen_at < $3 then excluded.seen_at else presence.since end,
    seen_at = greatest(presence.seen_at, excluded.seen_at)`;

/** In: who has a page of the queue or the workbench open. Writes their one row. */
export async function noteSeen(client: pg.ClientBase | pg.Pool, userId: string, now: Date): Promise<void> {
  const values = [userId, now, new Date(now.getTime() - AT_WORK_MS)];
  await client.query({ name: 'presence-seen', text: SEEN, values });
}

/** The same of who has just done something: taken a job, typed, finished one. */
export async function noteActive(client: pg.ClientBase | pg.Pool, userId: string, now: Date): Promise<void> {
  await noteSeen(client, userId, now);
  await client.query({
    name: 'presence-active',
    text: 'update presence set active_at = $2 where user_id = $1 and (active_at is null or active_at < $2)',
    values: [userId, now],
  });
}
