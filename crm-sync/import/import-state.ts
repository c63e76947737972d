import type { Platform } from '../../platform/platform.ts';
import type { ImportKind } from '../connectors/import-source.ts';
import { IMPORT_KINDS, readImported } from './imported.ts';
import { OURS } from './links.ts';

export interface KindState {
  kind: ImportKind;
  /** Everything was read once. */
  complete: boolean;
  /** Of the pass under way or, when none is, the last one. */
  read: number;
  added: number;
  changed: number;
  deactivated: number;
  merged: number;
  /** A person has to say something about so many. */
  doubts: number;
  /** Wait for what they belong to. */
  waiting: number;
  /** Linked in all. */
  linked: number;
}

export interface ImportState {
  active: boolean;
  everyMinutes: number;
  underWay: boolean;
  startedAt: Date | null;
  endedAt: Date | null;
  dueAt: Date;
  problem: string | null;
  kinds: KindState[];
}

/** How a connection's import stands; null when it was never asked for. */
export async function importState(
  { database }: Pick<Platform, 'database'>,
  connectorId: string,
): Promise<ImportState | null> {
  const { prisma } = database;
  const row = await prisma.crmImport.findUnique({ where: { connectorId } });
  if (row === null) return null;
  const [cursors, held, linked] = await Promise.all([
    prisma.crmImportCursor.findMany({ where: { connectorId } }),
    database.pool.query<{ kind: string; doubts: number; waiting: number }>(
      `select kind, count(*) filter (where waits_for is null)::int as doubts,
              count(*) filter (where waits_for is not null)::int as waiting
       from crm_held_record where connector_id = $1 group by kind`,
      [connectorId],
    ),
    prisma.crmLink.groupBy({ by: ['objectType'], where: { connectorId }, _count: true }),
  ]);
  return {
    active: row.active,
    everyMinutes: row.everyMinutes,
    underWay: row.startedAt !== null && (row.endedAt === null || row.endedAt < row.startedAt),
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    dueAt: row.dueAt,
    problem: row.problem,
    kinds: IMPORT_KINDS.flatMap((kind) => {
      const cursor = cursors.find((each) => each.kind === kind);
      if (cursor === undefined) return [];
      const counts = held.rows.find((each) => each.kind === kind);
      const { complete, read, added, changed, deactivated, merged } = cursor;
      return [
        {
          kind,
          complete,
          read,
          added,
          changed,
          deactivated,
          merged,
          doubts: counts?.doubts ?? 0,
          waiting: counts?.waiting ?? 0,
          linked: linked.find(({ objectType }) => objectType === kind)?._count ?? 0,
        },
      ];
    }),
  };
}

/** One of ours that a record may be. */
export interface DoubtChoice {
  id: string;
  name: string;
  /** Where it is, whose it is, what they do there. */
  detail: string;
}

export interface Doubt {
  id: string;
  kind: ImportKind;
  name: string;
  detail: string;
  choices: DoubtChoice[];
}

/** What a person has to say something about, in the order in which it came; page with the last id as `after`. */
export async function listDoubts(
  { database }: Pick<Platform, 'database'>,
  { connectorId, limit, after = null }: { connectorId: string; limit: number; after?: string | null },
): Promise<Doubt[]> {
  const rows = await database.prisma.crmHeldRecord.findMany({
    where: { connectorId, waitsFor: null, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
  });
  const records = rows.map((row) => ({ row, record: readImported(row.record) }));
  const choices = new Map<string, DoubtChoice>();
  for (const kind of IMPORT_KINDS) {
    const ids = records.flatMap(({ row, record }) => (record.kind === kind ? row.candidateIds : []));
    if (ids.length === 0) continue;
    const { rows: own } = await database.pool.query<DoubtChoice>(CHOICES[kind], [ids]);
    for (const choice of own) choices.set(choice.id, choice);
  }
  const accounts = await accountNames(
    database,
    connectorId,
    records.flatMap(({ record }) => record.accountRemoteId ?? []),
  );
  return records.map(({ row, record }) => ({
    id: row.id,
    kind: record.kind,
    name: record.name,
    detail: [
      record.title,
      accounts.get(record.accountRemoteId ?? ''),
      [record.city, record.state].filter((part) => part).join(', '),
      record.email,
    ]
      .filter((part) => part)
      .join(' · '),
    choices: row.candidateIds.flatMap((id) => choices.get(id) ?? []),
  }));
}

const CHOICES: Record<ImportKind, string> = {
  account: `select id, name, concat_ws(', ', nullif(city, ''), nullif(state, '')) as detail from account
            where id = any($1::uuid[]) and active`,
  contact: `select contact.id, contact.name, concat_ws(' · ', nullif(contact.title, ''), account.name) as detail
            from contact join account on account.id = contact.account_id
            where contact.id = any($1::uuid[]) and contact.active`,
  product: `select id, name, array_to_string(aliases, ', ') as detail from product where id = any($1::uuid[]) and active`,
  owner: `select id, name, concat_ws(', ', territory, region) as detail from app_user where id = any($1::uuid[])`,
};

async function accountNames(
  database: Platform['database'],
  connectorId: string,
  remoteIds: readonly string[],
): Promise<Map<string, string>> {
  if (remoteIds.length === 0) return new Map();
  const { table, key } = OURS.account;
  const { rows } = await database.pool.query<{ remoteId: string; name: string }>(
    `select link.remote_id as "remoteId", own.name from crm_link link
     join ${table} own on own.${key} = link.external_key
     where link.connector_id = $1 and link.object_type = 'account' and link.remote_id = any($2::text[])`,
    [connectorId, remoteIds],
  );
  return new Map(rows.map(({ remoteId, name }) => [remoteId, name]));
}
