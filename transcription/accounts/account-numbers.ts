import type pg from 'pg';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { VOCABULARY_LOCK } from '../vocabulary/vocabulary-lock.ts';

/** The first number given out. Two digits at least: a single key picks one of the last nine accounts. */
const FIRST = 10;
const SHAPE = /^[1-9]\d{1,5}$/;

/**
 * Gives every active account that has none the lowest number that nobody has, in the order of the company's ids:
 * two digits for the first ninety, then three, then four. A number stays with its account for good, also with one
 * that is not active any more, so that no number ever means another account than the one that a rep learnt.
 *
 * In: nothing; the caller holds VOCABULARY_LOCK. Out: how many got one. Locks the rows it numbers.
 */
export async function numberAccounts(client: pg.ClientBase): Promise<number> {
  const { rowCount } = await client.query(
    `with bare as (
       select id, row_number() over (order by length(external_id), external_id) as place
       from account where active and short_number is null
     ), free as (
       select number::text, row_number() over (order by number) as place
       from generate_series($1::int, $1 + (select count(*) from account)::int) as number
       where not exists (select from account where short_number = number::text)
     )
     update account set short_number = free.number
     from bare join free using (place) where account.id = bare.id`,
    [FIRST],
  );
  return rowCount ?? 0;
}

/** The same in a transaction of its own, at the start: accounts that were there before there were numbers. */
export async function numberAccountsAtStart({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [VOCABULARY_LOCK]);
    await numberAccounts(client);
  });
}

/**
 * An administrator gives an account a number of their choice. The same again changes nothing.
 * @throws InvalidInput not two to six digits; NotFound; Conflict another account has it
 */
export async function setAccountNumber(
  { database }: Pick<Platform, 'database'>,
  { accountId, shortNumber, actorId }: { accountId: string; shortNumber: string; actorId: string },
): Promise<void> {
  const digits = shortNumber.trim();
  if (!SHAPE.test(digits)) {
    throw new InvalidInput('An account number is not two to six digits', {
      userMessage: 'Write two to six digits that do not begin with zero, like 47.',
    });
  }
  await database.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${VOCABULARY_LOCK})`;
    const holder = await tx.account.findUnique({
      where: { shortNumber: digits },
      select: { id: true, name: true },
    });
    if (holder?.id === accountId) return;
    if (holder) {
      throw new Conflict('The account number is taken', {
        userMessage: `${holder.name} has the number ${digits}. Choose another one.`,
      });
    }
    const { count } = await tx.account.updateMany({
      where: { id: accountId },
      data: { shortNumber: digits },
    });
    if (count === 0) throw new NotFound(`No account ${accountId}`);
    await tx.auditEntry.create({
      data: { actorId, action: 'account.numbered', subjectType: 'account', subjectId: accountId },
    });
  });
}
