import type pg from 'pg';

/** An account as it is spoken on the phone. */
export interface SpokenAccount {
  accountId: string;
  name: string;
  city: string;
}

/** In: digits that somebody keyed in. Out: the active account of that number, or null. Locks nothing. */
export async function findAccountByNumber(
  client: pg.ClientBase | pg.Pool,
  shortNumber: string,
): Promise<SpokenAccount | null> {
  const { rows } = await client.query<SpokenAccount>({
    name: 'accounts-by-number',
    text: `select id as "accountId", name, city from account where short_number = $1 and active`,
    values: [shortNumber],
  });
  return rows[0] ?? null;
}
