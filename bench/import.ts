/**
 * Reading customers from a CRM that answers at once: all of them into an empty vocabulary, all of them again, and all of
 * them into a vocabulary that has the same ones by name. Rows a second beside one bare insert of the same rows, and how
 * much the process grew.
 *
 *   npm run bench import [ACCOUNTS]
 */
import { createConnection } from '../crm-sync/connections/write-connection.ts';
import type { CrmConnector } from '../crm-sync/connectors/connector.ts';
import type { ConnectorKind } from '../crm-sync/connectors/connector-kind.ts';
import type { CrmImportSource, ImportedRecord } from '../crm-sync/connectors/import-source.ts';
import { createOpenConnector } from '../crm-sync/connectors/open-connector.ts';
import { importState } from '../crm-sync/import/import-state.ts';
import { runImport } from '../crm-sync/import/run-import.ts';
import { importAnew } from '../crm-sync/import/write-import.ts';
import { machine, openBenchPlatform } from './support/bench-platform.ts';

const ACCOUNTS = Number(process.argv[2] ?? 100_000);
const PAGE = 200;

/** Made as they are asked for: what is measured must not hold them all itself. */
function accountAt(at: number): ImportedRecord {
  return {
    kind: 'account',
    remoteId: String(at),
    name: `Customer ${at} of ${['Wabash', 'Quarry', 'Hill', 'Mill'][at % 4]}`,
    city: `City ${at % 997}`,
    state: 'IN',
    removed: false,
  };
}

const source: CrmImportSource = {
  kinds: ['account'],
  async page(_kind, cursor) {
    const from = Number(cursor ?? 0);
    const until = Math.min(ACCOUNTS, from + PAGE);
    const records = Array.from({ length: until - from }, (_, index) => accountAt(from + index));
    return { records, cursor: String(until), more: until < ACCOUNTS };
  },
};

const kind: ConnectorKind = {
  kind: 'bench',
  label: 'Bench',
  description: 'A CRM of the bench.',
  inputs: [],
  defaultMappings: [],
  // Nothing but reading customers is asked of it.
  open: () => ({ kind: 'bench', importSource: source }) as unknown as CrmConnector,
};

const { platform, close } = await openBenchPlatform({});
try {
  const { pool, prisma } = platform.database;
  const actor = await prisma.user.create({
    data: { email: 'bench@example.com', name: 'Bench', roles: ['administrator'] },
  });
  const { id: connectorId } = await createConnection(platform, kind, {
    entered: { name: 'Bench', settings: {}, secrets: {}, keepSecrets: true },
    actorId: actor.id,
  });
  const deps = { ...platform, openConnector: createOpenConnector(platform, [kind]) };
  console.log(`${ACCOUNTS} accounts in pages of ${PAGE}. ${machine()}\n`);

  const bareMs = await timed(async () => {
    for (let from = 0; from < ACCOUNTS; from += PAGE) {
      const rows = Array.from({ length: Math.min(PAGE, ACCOUNTS - from) }, (_, at) => accountAt(from + at));
      await pool.query(
        `insert into account (id, external_id, name, city, state, updated_at)
         select gen_random_uuid(), 'bare-' || "remoteId", name, city, state, now()
         from jsonb_to_recordset($1::jsonb) as a("remoteId" text, name text, city text, state text)`,
        [JSON.stringify(rows)],
      );
    }
  });
  tell('a bare insert of the same pages', bareMs);
  await pool.query('truncate account cascade');

  const pass = async (name: string) => {
    await importAnew(platform, { connectorId, actorId: actor.id });
    global.gc?.();
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    const ms = await timed(async () => {
      const outcome = await runImport(deps, connectorId);
      if (outcome !== 'done') throw new Error(`the import ended as ${outcome}`);
    });
    clearInterval(watch);
    const state = await importState(platform, connectorId);
    const { added = 0, changed = 0, doubts = 0 } = state?.kinds[0] ?? {};
    tell(name, ms, `${added} new, ${changed} changed, ${doubts} questions, grew by ${mb(peak - before)} MB`);
  };
  await pass('into an empty vocabulary');
  await pass('all of them again');
  await prisma.crmLink.deleteMany({ where: { connectorId } });
  await pass('known by name and city only');

  function tell(name: string, ms: number, more = '') {
    const perSecond = Math.round((ACCOUNTS / ms) * 1000);
    console.log(
      `${name.padEnd(34)} ${(ms / 1000).toFixed(1)} s, ${perSecond} a second (${(ms / bareMs).toFixed(1)} × bare) ${more}`,
    );
  }
} finally {
  await close();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
