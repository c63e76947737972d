import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { readSettings } from '../connectors/open-connector.ts';
import { readSecretsEntered, type SecretsEntered } from './kept-secrets.ts';

/** A connection as its screens show it. Holds no secret. */
export interface ConnectionView {
  id: string;
  kind: string;
  name: string;
  active: boolean;
  settings: Record<string, string>;
  createdAt: Date;
  /** Whoever changes it names this. */
  changedAt: Date;
  /** The CRM asked to be left alone until then; null: it doesn't, or not any more. */
  pausedUntil: Date | null;
  pauseReason: string | null;
  checkedAt: Date | null;
  checkProblem: string | null;
  secretsEntered: SecretsEntered;
  waiting: number;
  failed: number;
  conflicts: number;
  /** Of what was read from it. */
  importing: { active: boolean; endedAt: Date | null; problem: string | null } | null;
  /** Records that a person has to say something about. */
  doubts: number;
  reconciledAt: Date | null;
  findings: number;
}

/** All connections, the oldest first. One statement for the numbers; locks nothing. */
export async function listConnections({
  database,
  clock,
}: Pick<Platform, 'database' | 'clock'>): Promise<ConnectionView[]> {
  const now = clock.now();
  const [rows, numbers] = await Promise.all([
    database.prisma.connector.findMany({
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      omit: { credentials: true },
      include: { crmImport: true },
    }),
    readNumbers(database.pool),
  ]);
  return rows.map((row) => {
    const isPaused = row.pausedUntil !== null && row.pausedUntil > now;
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      active: row.active,
      settings: readSettings(row.settings),
      createdAt: row.createdAt,
      changedAt: row.changedAt,
      pausedUntil: isPaused ? row.pausedUntil : null,
      pauseReason: isPaused ? row.pauseReason : null,
      checkedAt: row.checkedAt,
      checkProblem: row.checkProblem,
      secretsEntered: readSecretsEntered(row.secretsEntered),
      importing:
        row.crmImport === null
          ? null
          : {
              active: row.crmImport.active,
              endedAt: row.crmImport.endedAt,
              problem: row.crmImport.problem,
            },
      ...(numbers.get(row.id) ?? NOTHING),
    };
  });
}

/** @throws NotFound */
export async function getConnection(
  platform: Pick<Platform, 'database' | 'clock'>,
  id: string,
): Promise<ConnectionView> {
  const found = (await listConnections(platform)).find((each) => each.id === id);
  if (found === undefined) throw new NotFound(`no connection ${id}`);
  return found;
}

type Numbers = Pick<
  ConnectionView,
  'waiting' | 'failed' | 'conflicts' | 'doubts' | 'reconciledAt' | 'findings'
>;

const NOTHING: Numbers = { waiting: 0, failed: 0, conflicts: 0, doubts: 0, reconciledAt: null, findings: 0 };

async function readNumbers(pool: Platform['database']['pool']): Promise<Map<string, Numbers>> {
  const { rows } = await pool.query<Numbers & { id: string }>(
    `select connector.id,
            coalesce(entries.waiting, 0)::int as waiting, coalesce(entries.failed, 0)::int as failed,
            coalesce(entries.conflicts, 0)::int as conflicts,
            (select count(*) from crm_held_record held
             where held.connector_id = connector.id and held.waits_for is null)::int as doubts,
            (select max(ended_at) from reconciliation r where r.connector_id = connector.id) as "reconciledAt",
            (select count(*) from reconciliation_finding f
             where f.connector_id = connector.id and f.settled_at is null)::int as findings
     from connector
     left join (
       select connector_id, count(*) filter (where status = 'waiting') as waiting,
              count(*) filter (where status = 'failed') as failed,
              count(*) filter (where status = 'conflict') as conflicts
       from sync_entry where status in ('waiting', 'failed', 'conflict') group by connector_id
     ) as entries on entries.connector_id = connector.id`,
  );
  return new Map(rows.map(({ id, ...numbers }) => [id, numbers]));
}
