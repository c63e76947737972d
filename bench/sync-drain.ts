/**
 * A backlog of values drains into a CRM that allows a hundred requests in ten seconds: how much of that is used, how
 * much memory it takes, whether each account's reports arrive in order, and whether urgent ones overtake.
 *
 *   npm run bench sync-drain [VALUES]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startCrmSync } from '../crm-sync/start-crm-sync.ts';
import { deliverConnector } from '../crm-sync/tasks.ts';
import { machine, openBenchPlatform, percentile } from './support/bench-platform.ts';
import { fillLedger, VALUES_A_REPORT } from './support/sync/fill-ledger.ts';
import { playCrm } from './support/sync/played-crm.ts';
import { playingKind } from './support/sync/playing-kind.ts';

const VALUES = Number(process.argv[2] ?? 100_000);
const ACCOUNTS = 2_000;
/** Reports of the one account that has far more than all others. */
const OF_THE_BIGGEST = 60;
const URGENT = 20;
const LIMIT_PER_TEN_SECONDS = 100;
const ANSWER_MS = 100;
const SAMPLE_MS = 1_000;
const PATIENCE_MS = 15 * 60_000;

const crm = await playCrm({ answerMs: ANSWER_MS, requestsPerTenSeconds: LIMIT_PER_TEN_SECONDS });
const { platform, close } = await openBenchPlatform({});
const { pool, prisma } = platform.database;
const { id: connectorId } = await prisma.connector.create({
  data: {
    kind: 'playing',
    name: 'Played CRM',
    settings: { origin: crm.origin, requestsPerSecond: String(LIMIT_PER_TEN_SECONDS / 10) },
  },
});
const reports = Math.round(VALUES / VALUES_A_REPORT);
await fillLedger(pool, { connectorId, reports, accounts: ACCOUNTS, ofTheBiggest: OF_THE_BIGGEST });
await pool.query('analyze');

const waiting = async () => {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from sync_entry where connector_id = $1 and status = 'waiting'`,
    [connectorId],
  );
  return rows[0]?.count ?? 0;
};

await startCrmSync(platform, { kinds: [playingKind] });
const start = Date.now();
await platform.queues.wake(deliverConnector, { connectorId }, { key: connectorId });
const rss: number[] = [];
let left = VALUES;
let urgentFrom: { at: number; first: number } | null = null;
while (left > 0 && Date.now() - start < PATIENCE_MS) {
  await sleep(SAMPLE_MS);
  left = await waiting();
  rss.push(process.memoryUsage().rss);
  if (urgentFrom === null && left < VALUES / 2) {
    urgentFrom = { at: Date.now(), first: reports + 1 };
    await fillLedger(pool, {
      connectorId,
      reports: URGENT,
      accounts: URGENT,
      ofTheBiggest: 0,
      urgentFrom: reports,
    });
    await platform.queues.wake(deliverConnector, { connectorId }, { key: connectorId });
  }
}
const seconds = (Date.now() - start) / 1000;
const stats = await crm.stats();
const { rows: statuses } = await pool.query(
  'select status, count(*)::int as entries from sync_entry where connector_id = $1 group by status',
  [connectorId],
);
await close();
await crm.close();

const urgentMs = Object.entries(stats.acceptedAt)
  .filter(([number]) => Number(number) > reports)
  .map(([, at]) => at - (urgentFrom?.at ?? at));
const others = Object.entries(stats.acceptedAt)
  .filter(([number]) => Number(number) <= reports)
  .map(([, at]) => at);
const behind = others.filter((at) => at > (urgentFrom?.at ?? 0)).length;
const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
const settled = rss.slice(Math.min(5, rss.length - 1));
console.log(
  `${VALUES} values of ${reports} reports of ${ACCOUNTS} accounts into a CRM that answers in ${ANSWER_MS} ms and allows ${LIMIT_PER_TEN_SECONDS} requests in 10 s; ${machine()}`,
);
console.table({
  'drained in s': Math.round(seconds),
  'left over': left,
  'values a second': Math.round((VALUES - left) / seconds),
  'values a request': Number((VALUES / stats.requests).toFixed(1)),
  requests: stats.requests,
  'refused as too many': stats.refused,
  'share of the limit used': Number(
    (stats.requests / ((stats.busyMs / 10_000) * LIMIT_PER_TEN_SECONDS)).toFixed(2),
  ),
  'out of order': stats.outOfOrder,
  'urgent accepted after ms, p50': Math.round(percentile(urgentMs, 0.5)),
  'urgent accepted after ms, max': Math.round(Math.max(...urgentMs)),
  'reports that they overtook': behind,
  'memory at first MB': mb(settled[0] ?? 0),
  'memory at most MB': mb(Math.max(...settled)),
  'most by first': Number((Math.max(...settled) / (settled[0] ?? 1)).toFixed(2)),
});
console.table(Object.fromEntries(statuses.map(({ status, entries }) => [status, entries])));
