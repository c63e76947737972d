import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';

/** The part of an open transaction through which Prisma runs statements. */
interface Statements {
  queryRaw: PrismaTransaction['queryRaw'];
  executeRaw: PrismaTransaction['executeRaw'];
}
type PrismaAdapter = Awaited<ReturnType<PrismaPg['connect']>>;
type PrismaTransaction = Awaited<ReturnType<PrismaAdapter['startTransaction']>>;

/**
 * Prisma over our pool. Within a transaction Prisma hands the statements of an `include` to the connection all at
 * once and leaves it to `pg` to line them up, which `pg` warns of and will refuse from version 9 on; here they wait
 * for each other.
 */
export function createPrismaAdapter(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => oneAtATime(await startTransaction(isolationLevel));
    return adapter;
  };
  return factory;
}

function oneAtATime<T extends Statements>(transaction: T): T {
  const { queryRaw, executeRaw } = transaction;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(run: () => Promise<R>): Promise<R> => {
    const result = last.then(run);
    last = result.catch(() => {});
    return result;
  };
  transaction.queryRaw = (query) => inTurn(() => queryRaw.call(transaction, query));
  transaction.executeRaw = (query) => inTurn(() => executeRaw.call(transaction, query));
  return transaction;
}
