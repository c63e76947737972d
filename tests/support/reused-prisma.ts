import type pg from 'pg';
import { createPrisma } from '../../platform/database/database.ts';
import { createPrismaAdapter } from '../../platform/database/prisma-adapter.ts';
import type { PrismaClient } from '../../prisma/generated/client/client.ts';

type PrismaAdapter = ReturnType<typeof createPrismaAdapter>;
type Connected = Awaited<ReturnType<PrismaAdapter['connect']>>;

/** A client with the place where it finds the database that it works on at present. */
interface Reusable {
  client: PrismaClient;
  /** Null while it belongs to nobody. */
  at: { connected: Connected | null };
}

export interface LentPrisma {
  prisma: PrismaClient;
  /** From now on `prisma` refuses to do anything; to be called before the pool is ended. */
  giveBack(): Promise<void>;
}

/**
 * Clients that no test has at the moment, of this worker. Each takes 150 ms to make, for it reads the whole schema
 * twice, and then plans each query that it hasn't had yet; there are several hundred databases in a run.
 */
const idle: Reusable[] = [];

/** A Prisma client over `pool` that nobody else has. */
export async function borrowPrisma(pool: pg.Pool): Promise<LentPrisma> {
  const reusable = idle.pop() ?? make(pool);
  const { client, at } = reusable;
  at.connected = await createPrismaAdapter(pool).connect();
  const until = { givenBack: false };
  return {
    prisma: refusingOnce(client, until),
    async giveBack() {
      if (until.givenBack) return;
      until.givenBack = true;
      const left = at.connected;
      at.connected = null;
      // Whatever somebody still does through it must not go on in the next test's database.
      if (pool.idleCount < pool.totalCount || pool.waitingCount > 0) await client.$disconnect();
      else idle.push(reusable);
      await left?.dispose();
    },
  };
}

function make(pool: pg.Pool): Reusable {
  const at: Reusable['at'] = { connected: null };
  const adapter = createPrismaAdapter(pool);
  const connected = () => {
    if (!at.connected) throw new Error('The database of this test is closed');
    return at.connected;
  };
  adapter.connect = async () =>
    ({
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      queryRaw: async (query) => connected().queryRaw(query),
      executeRaw: async (query) => connected().executeRaw(query),
      executeScript: async (script) => connected().executeScript(script),
      startTransaction: async (isolationLevel) => connected().startTransaction(isolationLevel),
      getConnectionInfo: () => connected().getConnectionInfo(),
      underlyingDriver: () => connected().underlyingDriver(),
      dispose: async () => {},
    }) satisfies Pick<Connected, keyof Connected & string> as Connected;
  return { client: createPrisma(adapter), at };
}

/** `client` as one test file sees it: what the file left running finds it closed, as it would find one of its own. */
function refusingOnce(client: PrismaClient, until: { givenBack: boolean }): PrismaClient {
  return new Proxy(client, {
    get(target, name) {
      if (until.givenBack) throw new Error('The database of this test is closed');
      return Reflect.get(target, name);
    },
  });
}
