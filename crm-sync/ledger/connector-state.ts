import type { Platform } from '../../platform/platform.ts';
import type { CrmConnector } from '../connectors/connector.ts';
import { CrmError } from '../connectors/crm-error.ts';

/** A connection that is at fault is tried again by itself so often, should it have been mended at the CRM. */
const RECHECK_MS = 60_000;
/** After a limit that names no time. */
const UNNAMED_WAIT_MS = 10_000;
const SHORTEST_WAIT_MS = 250;

/** What a connector's row says about whether anything can be delivered through it. */
export interface ConnectorState {
  id: string;
  changedAt: Date;
  pausedUntil: Date | null;
  pauseReason: string | null;
  checkedAt: Date | null;
  checkProblem: string | null;
}

/** Why nothing is delivered at the moment. */
export type Hold =
  /** The CRM asked for it; everything goes on by itself. */
  | { kind: 'paused'; until: Date; reason: string }
  /** Nobody gets in until a person acts, or the CRM is mended. */
  | { kind: 'blocked'; reason: string };

/**
 * Whether a connector is held, and why. One whose problem was found before its settings or credentials were changed is
 * not: trying it is how we learn. Pure.
 */
export function holdOf(row: Omit<ConnectorState, 'id'>, now: Date): Hold | null {
  const { checkProblem, checkedAt, changedAt, pausedUntil, pauseReason } = row;
  if (checkProblem !== null && checkedAt !== null && changedAt <= checkedAt)
    return { kind: 'blocked', reason: checkProblem };
  if (pausedUntil !== null && pausedUntil > now)
    return {
      kind: 'paused',
      until: pausedUntil,
      reason: pauseReason ?? 'The CRM asked us to wait; it goes on by itself.',
    };
  return null;
}

/**
 * Notes what an error says about the connector as a whole, once for everything that waits there.
 *
 * @returns when to go on; null: when a person or the next check has opened the connection.
 */
export async function noteHold(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  connectorId: string,
  error: CrmError,
): Promise<Date | null> {
  const now = clock.now();
  if (error.kind === 'connection') {
    // After the change that it was tried with, also when the clocks of two machines differ a little.
    await database.pool.query(
      `update connector set check_problem = $2, checked_at = greatest($3::timestamptz, changed_at)
       where id = $1`,
      [connectorId, error.message, now],
    );
    return null;
  }
  // What the CRM asked for is in the connector's row already: the gate puts it there, for all processes.
  const row = await database.prisma.connector.findUnique({ where: { id: connectorId } });
  const paused = row?.pausedUntil ?? null;
  return paused !== null && paused > now
    ? paused
    : new Date(now.getTime() + Math.max(error.retryAfterMs ?? UNNAMED_WAIT_MS, SHORTEST_WAIT_MS));
}

/** A delivery went through: whatever was wrong with the connection is not any more. */
export async function noteWorks(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  connectorId: string,
): Promise<void> {
  await database.prisma.connector.updateMany({
    where: { id: connectorId, checkProblem: { not: null } },
    data: { checkProblem: null, checkedAt: clock.now() },
  });
}

/**
 * Asks a CRM that did not let us in whether it does by now, at most once a minute.
 *
 * @returns whether it does, so that what waits can go on.
 */
export async function recheck(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  row: ConnectorState,
  connector: CrmConnector,
): Promise<boolean> {
  const now = clock.now();
  if (row.checkedAt !== null && now.getTime() - row.checkedAt.getTime() < RECHECK_MS) return false;
  let problem: string | null;
  try {
    const health = await connector.check();
    problem = health.ok ? null : health.message;
  } catch (error) {
    problem = error instanceof CrmError ? error.message : row.checkProblem;
  }
  await database.pool.query(
    `update connector set check_problem = $2, checked_at = greatest($3::timestamptz, changed_at)
     where id = $1 and changed_at = $4`,
    [row.id, problem, now, row.changedAt],
  );
  return problem === null;
}
