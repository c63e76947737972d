import type { Platform } from '../../platform/platform.ts';
import { openSafely } from '../connections/open-safely.ts';
import { CRM_OBJECT_TYPES, type CrmConnector } from '../connectors/connector.ts';
import { CrmError } from '../connectors/crm-error.ts';
import type { OpenConnector } from '../connectors/open-connector.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { reconcileBatch } from './reconcile-batch.ts';

export interface ReconcileDeps extends Pick<Platform, 'database' | 'clock' | 'log'> {
  openConnector: OpenConnector;
}

/** `nothing`: no pass is under way, or not due yet. `busy`: another process is at it. */
export type ReconcileOutcome = 'done' | 'waits' | 'busy' | 'nothing';

const BREATHER_MS = 60_000;
const AFTER_A_FAULT_MS = 5 * 60_000;
/** A connection that lets nobody in is given this long; then the pass ends, and the next night brings another. */
const GIVE_UP_MS = 6 * 3600_000;

/**
 * One pass over all that we wrote to a CRM:
 *
 *     asked for, or night ─▶ begun ─┬─▶ ended                    everything was looked at
 *                                   ├─▶ begun, goes on later     a limit, a CRM that is not reached, a stop
 *                                   └─▶ ended with a problem     nothing can be read back, or for hours nobody gets in
 *
 * What was looked at longest ago comes first, as many records at a time as the CRM gives at once; each batch is one
 * transaction. Killed anywhere, the next run goes on with what the pass has not looked at yet. At once by two: one works.
 */
export async function runReconciliation(
  deps: ReconcileDeps,
  connectorId: string,
  signal?: AbortSignal,
): Promise<ReconcileOutcome> {
  let outcome: ReconcileOutcome = 'nothing';
  const ours = await oneAtATime(deps.database.pool, `crm-reconcile:${connectorId}`, async () => {
    outcome = await goOn(deps, connectorId, signal);
  });
  return ours ? outcome : 'busy';
}

async function goOn(
  deps: ReconcileDeps,
  connectorId: string,
  signal: AbortSignal | undefined,
): Promise<ReconcileOutcome> {
  const { clock, log } = deps;
  const { prisma, pool } = deps.database;
  const pass = await prisma.reconciliation.findFirst({
    where: { connectorId, endedAt: null },
    orderBy: { startedAt: 'asc' },
    include: { connector: true },
  });
  if (pass === null || (pass.nextAt !== null && pass.nextAt > clock.now())) return 'nothing';
  const { id: reconciliationId, startedAt } = pass;
  const later = async (afterMs: number, problem: string | null): Promise<ReconcileOutcome> => {
    const nextAt = new Date(clock.now().getTime() + afterMs);
    await prisma.reconciliation.update({ where: { id: reconciliationId }, data: { nextAt, problem } });
    return 'waits';
  };
  const end = async (problem: string | null): Promise<ReconcileOutcome> => {
    await prisma.reconciliation.update({
      where: { id: reconciliationId },
      data: { endedAt: clock.now(), nextAt: null, problem },
    });
    return 'done';
  };
  const connector = openSafely(deps.openConnector, pass.connector);
  if (connector === null) return end(UNKNOWN);
  if (!connector.capabilities.readable) return end(UNREADABLE);
  try {
    // Records that were written for the first time since; those never looked at come first.
    await pool.query(
      `insert into reconciled_record (connector_id, object_type, external_key, checked_at)
       select distinct connector_id, object_type, external_key, 'epoch'::timestamptz from sync_entry
       where connector_id = $1 and written_at is not null and written is not null
       on conflict do nothing`,
      [connectorId],
    );
    for (const objectType of CRM_OBJECT_TYPES) {
      for (;;) {
        if (signal?.aborted) return await later(0, null);
        const keys = await nextKeys(deps, connector, { connectorId, objectType, startedAt });
        if (keys.length === 0) break;
        await reconcileBatch(deps, connector, { reconciliationId, connectorId, objectType, keys });
      }
    }
    return await end(null);
  } catch (error) {
    if (error instanceof CrmError) {
      const isPassing = error.kind === 'limit' || error.kind === 'transient';
      const hasTried = clock.now().getTime() - startedAt.getTime() > GIVE_UP_MS;
      if (!isPassing && hasTried) return end(error.message);
      return later(isPassing ? (error.retryAfterMs ?? BREATHER_MS) : AFTER_A_FAULT_MS, error.message);
    }
    // Without the error's own words: a database error may quote the row.
    log.error(
      {
        connectorId,
        name: error instanceof Error ? error.name : 'unknown',
        code: error instanceof Error && 'code' in error ? String(error.code) : undefined,
      },
      'a reconciliation broke off',
    );
    return later(AFTER_A_FAULT_MS, 'The pass broke off on our side; it goes on by itself in five minutes.');
  }
}

const UNKNOWN = 'The connection can’t be opened as it is set up; look over its settings and save them.';

/** Why there is nothing to compare at webhooks and exports. */
export const UNREADABLE =
  'What is delivered this way can’t be read back, so there is nothing to compare. Whoever receives it has to.';

async function nextKeys(
  { database }: Pick<ReconcileDeps, 'database'>,
  { capabilities }: CrmConnector,
  { connectorId, objectType, startedAt }: { connectorId: string; objectType: string; startedAt: Date },
): Promise<string[]> {
  const { rows } = await database.pool.query<{ key: string }>(
    `select external_key as key from reconciled_record
     where connector_id = $1 and object_type = $2 and checked_at < $3
     order by checked_at limit $4`,
    [connectorId, objectType, startedAt, capabilities.maxBatch],
  );
  return rows.map(({ key }) => key);
}
