import type pg from 'pg';
import type { SpokenAccount } from './find-account.ts';

/** As many as there are keys from 1 to 9. */
export const LAST_ACCOUNTS = 9;

/**
 * The accounts that a rep reported on last, the latest first: reports, and dictations that are not written yet but
 * name their account. A rep who has reported on fewer gets their own accounts after those.
 *
 * In: a rep. Out: at most nine accounts. Locks nothing.
 */
export async function lastAccounts(
  client: pg.ClientBase | pg.Pool,
  userId: string,
): Promise<SpokenAccount[]> {
  const { rows } = await client.query<SpokenAccount>({
    name: 'accounts-last-of-rep',
    text: `
      select account.id as "accountId", account.name, account.city
      from account
      left join (
        select account_id, max(at) as at from (
          select account_id, called_at as at from report where speaker_id = $1 and account_id is not null
          union all
          select account_id, started_at from dictation where speaker_id = $1 and account_id is not null
        ) as said group by account_id
      ) as said on said.account_id = account.id
      where account.active and (said.at is not null or account.owner_id = $1)
      order by said.at desc nulls last, account.name, account.id
      limit ${LAST_ACCOUNTS}`,
    values: [userId],
  });
  return rows;
}
