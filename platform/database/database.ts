import pg from 'pg';
import { type Prisma, PrismaClient } from '../../prisma/generated/client/client.ts';
import { listenForErrors } from './listen-for-errors.ts';
import { createPrismaAdapter } from './prisma-adapter.ts';

/** A transaction's client, as `database.prisma.$transaction(async (tx) => …)` hands it out. */
export type Tx = Prisma.TransactionClient;

export interface Database {
  prisma: PrismaClient;
  /**
   * The pool under the Prisma client, for the few hand-written statements: a lookup by key through Prisma costs
   * about three times a prepared `pg` query, which matters on the phone's path.
   */
  pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * Of every transaction that names no other. Prisma's own (5 s, of which 2 s to begin) are passed on a busy machine, and
 * who waits there has typed something: a late answer is better than none.
 */
const TRANSACTION_LIMITS = { timeout: 30_000, maxWait: 15_000 };

export interface DatabaseOptions {
  url: string;
  /** Upper limit of connections, shared by Prisma and `pool`. */
  maxConnections: number;
  /** Told about a connection that broke; the pool replaces it. */
  onConnectionError?: (error: Error) => void;
}

/** Connections are opened when first needed; an unreachable server shows at the first query. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = createPool(options);
  const prisma = createPrisma(createPrismaAdapter(pool));
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** The pool of a database by itself. */
export function createPool({ url, maxConnections, onConnectionError }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    // Statements of one connection are sent without waiting for the answers to those before; see inTransaction.
    pipeline: true,
  });
  listenForErrors(pool, (error) => onConnectionError?.(error));
  return pool;
}

/** The Prisma client of a database by itself. */
export function createPrisma(adapter: ReturnType<typeof createPrismaAdapter>): PrismaClient {
  // The other formats put a query's arguments, which is what people said, into error messages and so into logs.
  return new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: TRANSACTION_LIMITS });
}
