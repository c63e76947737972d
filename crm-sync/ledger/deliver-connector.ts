import type { Platform } from '../../platform/platform.ts';
import { describeCrm, doubtDescription } from '../connectors/describe-crm.ts';
import type { ConnectorRow, OpenConnector } from '../connectors/open-connector.ts';
import { type ConnectorState, holdOf, noteHold, noteWorks } from './connector-state.ts';
import { deliverRound, earlier, type RoundResult } from './deliver-round.ts';
import { whileGroupsAreOurs } from './group-lock.ts';
import { FIRST_KEY, nextDue, nextGroups } from './next-groups.ts';
import { type Fields, fieldsOf } from './round.ts';

/** Reports in a round: enough to fill a request, few enough that what is urgent is soon the next. */
const GROUPS_AT_ONCE = 100;
/** Workers of one process at one connector; the other connectors must get some, too. */
const MAX_LANES = 4;
/** A worker more than the limit keeps busy would only stand in line at the gate. */
const REQUESTS_A_LANE = 4;
/** A worker gives its place back after so long, so that nothing waits for ever behind a long backlog elsewhere. */
const LANE_MS = 20_000;
/** How long the CRM's fields are used before it is looked whether they are others by now. */
const FIELDS_MS = 15_000;
/** After so many rounds in a row that could not reach the CRM, it is left alone for a while, longer each time. */
const FAILURES_BEFORE_REST = 3;
const FIRST_REST_MS = 5_000;
const MAX_REST_MS = 5 * 60_000;

export interface LaneDeps extends Pick<Platform, 'database' | 'clock' | 'log'> {
  openConnector: OpenConnector;
}

export interface LaneResult {
  /** When there is something to do again; null: not before somebody is woken for it. */
  resumeAt: Date | null;
}

export interface Lanes {
  /**
   * Delivers what waits at a connector until nothing is due, the CRM wants to be left alone, or others should have
   * their turn. As many at once as make sense; further ones return at once, and what they came for is seen to by the
   * others.
   *
   * @param after each round: what became of it.
   */
  run(
    connectorId: string,
    after: (round: RoundResult) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<LaneResult>;
}

interface ConnectorLanes {
  lanes: number;
  /** Lanes that the CRM's limit keeps busy. */
  most: number;
  /** Somebody came while all places were taken. */
  again: boolean;
  /** Where the next round begins, so that each group has its turn. */
  cursor: { urgent: string; normal: string };
  failures: number;
  restUntil: Date | null;
  fields: { of: Fields; until: number; changedAt: number } | null;
}

/**
 * The workers of this process, by connector. What they share is only what makes them fair and gentle (whose turn it
 * is, how often the CRM could not be reached); what has to be delivered is in the ledger.
 *
 *     look for due groups, urgent first ─▶ lock them ─▶ deliver a report of each ─▶ again
 *        │ none                                             │ limit, connection
 *        ▼                                                  ▼
 *     until the next is due                          until the CRM or a person lets us
 */
export function createLanes(deps: LaneDeps): Lanes {
  const connectors = new Map<string, ConnectorLanes>();

  function stateOf(connectorId: string): ConnectorLanes {
    const known = connectors.get(connectorId);
    if (known !== undefined) return known;
    const state: ConnectorLanes = {
      lanes: 0,
      most: MAX_LANES,
      again: false,
      cursor: { urgent: FIRST_KEY, normal: FIRST_KEY },
      failures: 0,
      restUntil: null,
      fields: null,
    };
    connectors.set(connectorId, state);
    return state;
  }

  return {
    async run(connectorId, after, signal) {
      const state = stateOf(connectorId);
      if (state.lanes >= Math.min(MAX_LANES, state.most)) {
        state.again = true;
        return { resumeAt: null };
      }
      state.lanes += 1;
      try {
        return await runLane(deps, connectorId, state, after, signal);
      } finally {
        state.lanes -= 1;
      }
    },
  };
}

async function runLane(
  deps: LaneDeps,
  connectorId: string,
  state: ConnectorLanes,
  after: (round: RoundResult) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<LaneResult> {
  const { database, clock } = deps;
  const { pool } = database;
  const end = performance.now() + LANE_MS;
  for (;;) {
    const now = clock.now();
    if (signal?.aborted === true || performance.now() > end) return { resumeAt: now };
    const row = await database.prisma.connector.findUnique({ where: { id: connectorId } });
    if (row === null || !row.active) return { resumeAt: null };
    const hold = holdOf(row, now);
    if (hold !== null) return { resumeAt: hold.kind === 'paused' ? hold.until : null };
    if (state.restUntil !== null && state.restUntil > now) return { resumeAt: state.restUntil };
    const connector = deps.openConnector(row);
    if (connector === null) return { resumeAt: null };
    const { requestsPerSecond } = connector.capabilities;
    if (requestsPerSecond !== null) state.most = Math.ceil(requestsPerSecond / REQUESTS_A_LANE);
    if (state.lanes > Math.min(MAX_LANES, state.most)) {
      // Those that go on look once more for what this one came for.
      state.again = true;
      return { resumeAt: null };
    }

    state.again = false;
    // One report finds out whether the CRM can be reached again; then all go on.
    const most = Math.min(GROUPS_AT_ONCE, Math.max(1, connector.capabilities.maxBatch));
    const wanted = await pick(deps, connectorId, state, state.failures > 0 ? 1 : most);
    if (wanted.length === 0) {
      if (state.again) continue;
      return { resumeAt: await nextDue(pool, connectorId, now) };
    }
    let fields: Fields;
    try {
      fields = await fieldsFor(deps, row, state);
    } catch (error) {
      deps.log.warn({ err: error, connectorId }, 'a CRM could not say which fields it has');
      state.failures += 1;
      return { resumeAt: rest(state, now) ?? new Date(now.getTime() + FIRST_REST_MS) };
    }
    const round = await whileGroupsAreOurs(pool, connectorId, wanted, (groupKeys) =>
      deliverRound({ ...deps, connector }, { connectorId, groupKeys, fields }),
    );
    // All of them are in other hands, which look again when they have done what they hold.
    if (round === null) return { resumeAt: null };
    await after(round);
    if (round.refused) {
      await doubtDescription(deps, connectorId);
      state.fields = null;
    }
    if (round.hold !== null) {
      const until = await noteHold(deps, connectorId, round.hold);
      if (until !== null) state.restUntil = until;
      return { resumeAt: until };
    }
    if (round.unreachable) {
      state.failures += 1;
      const until = rest(state, clock.now());
      if (until !== null) return { resumeAt: until };
    } else if (round.delivered > 0) {
      state.failures = 0;
      if (row.checkProblem !== null) await noteWorks(deps, connectorId);
    } else if (round.nextAttemptAt !== null) {
      // Due by its first entry, and not by another of the same report.
      const next = earlier(round.nextAttemptAt, await nextDue(pool, connectorId, now));
      return { resumeAt: next };
    }
  }
}

/** When a CRM that could not be reached several times in a row is asked again; null: at once. */
function rest(state: ConnectorLanes, now: Date): Date | null {
  if (state.failures < FAILURES_BEFORE_REST) return null;
  const restMs = Math.min(MAX_REST_MS, FIRST_REST_MS * 2 ** (state.failures - FAILURES_BEFORE_REST));
  state.restUntil = new Date(now.getTime() + restMs);
  return state.restUntil;
}

/** The groups of the next round: urgent ones as far as there are any, then the others, each kind going round. */
async function pick(
  { database, clock }: LaneDeps,
  connectorId: string,
  state: ConnectorLanes,
  limit: number,
): Promise<string[]> {
  const now = clock.now();
  const picked = new Set<string>();
  for (const kind of ['urgent', 'normal'] as const) {
    const look = async (after: string) => {
      const left = limit - picked.size;
      if (left <= 0) return;
      const keys = await nextGroups(database.pool, {
        connectorId,
        urgent: kind === 'urgent',
        after,
        limit: left,
        now,
      });
      for (const key of keys) picked.add(key);
      state.cursor[kind] = keys.length < left ? FIRST_KEY : (keys.at(-1) ?? FIRST_KEY);
    };
    const start = state.cursor[kind];
    await look(start);
    if (start !== FIRST_KEY && state.cursor[kind] === FIRST_KEY) await look(FIRST_KEY);
  }
  return [...picked];
}

async function fieldsFor(
  deps: LaneDeps,
  row: ConnectorRow & ConnectorState,
  state: ConnectorLanes,
): Promise<Fields> {
  const now = deps.clock.now().getTime();
  const changedAt = row.changedAt.getTime();
  if (state.fields !== null && state.fields.until > now && state.fields.changedAt === changedAt)
    return state.fields.of;
  const connector = deps.openConnector(row);
  if (connector === null) return new Map();
  const of = fieldsOf((await describeCrm(deps, row, connector)).objects);
  state.fields = { of, until: now + FIELDS_MS, changedAt };
  return of;
}
